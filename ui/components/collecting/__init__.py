"""Parts of pages that are about what was collected: taking steps back, and what is collected already."""
