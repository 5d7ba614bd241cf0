"""Measures of many incidents, over columns (numpy): median, percentile, interval, never a mean."""
