"""From a folder of CSV files, or what people upload, to what a published version is made of."""
