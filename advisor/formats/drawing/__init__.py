"""The topology of an advice as a drawing: what it shows, where it stands, and its forms SVG, PNG and words."""
