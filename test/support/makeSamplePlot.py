"""Draws media/samples/plot.png. The numbers are invented. Run: python test/support/makeSamplePlot.py (matplotlib)."""
from pathlib import Path

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt

HOURS = list(range(0, 25, 2))
CITY = [11.8, 11.1, 10.6, 11.4, 13.9, 17.2, 19.8, 21.4, 21.0, 18.9, 16.1, 13.7, 12.4]
FOREST = [9.2, 8.7, 8.3, 8.9, 11.0, 13.8, 16.1, 17.3, 16.9, 15.2, 12.9, 10.8, 9.6]

figure, axes = plt.subplots(figsize=(6.4, 4.8), dpi=100)
axes.plot(HOURS, CITY, marker="o", label="City")
axes.plot(HOURS, FOREST, marker="s", label="Forest")
axes.set_title("Air temperature on a day in May")
axes.set_xlabel("Hour of the day")
axes.set_ylabel("Temperature (°C)")
axes.set_xlim(0, 24)
axes.set_xticks(range(0, 25, 4))
axes.grid(alpha=0.3)
axes.legend()
figure.tight_layout()
figure.savefig(Path(__file__).parents[2] / "media/samples/plot.png", metadata={"Software": None})
