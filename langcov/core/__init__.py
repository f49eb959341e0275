"""What every room stands on: files, plug-ins, optional libraries, messages, progress."""
