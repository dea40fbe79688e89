"""What people upload: looked at, asked about, and merged with what is published already."""
