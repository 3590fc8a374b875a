using System.Net;

namespace Detector.Worker.Cli.Report;

/// <summary>The frame of every page that a command writes: one file, nothing fetched from anywhere, light or dark as the reader's screen is.</summary>
internal static class Page
{
    /// <summary>Width that pictures across the whole page are made for.</summary>
    public const int Width = 1100;

    /// <summary>Classes of lines and columns for what comes in several, one after the other.</summary>
    private const int Colours = 6;

    /// <summary>Class of the <paramref name="index"/>th of several.</summary>
    public static string Colour(int index) => FormattableString.Invariant($"c{index % Colours}");

    /// <summary>Writes everything up to the first heading.</summary>
    public static void Begin(TextWriter output, string title, string heading) => output.WriteLine($$"""
        <!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{{WebUtility.HtmlEncode(title)}}</title><style>
        :root { color-scheme: light dark; font: 15px/1.5 system-ui, sans-serif; --text: #1d2530; --faint: #5c6b7c; --line: #dbe1e8; --card: #fff; --page: #f5f7f9; --red: #c92a2a;
          --c0: #1f6fc4; --c1: #c2570c; --c2: #1a7f52; --c3: #8250c4; --c4: #b0307a; --c5: #5c6b1f }
        @media (prefers-color-scheme: dark) { :root { --text: #dfe5ec; --faint: #93a1b1; --line: #2b3541; --card: #171d25; --page: #0f141a; --red: #ff7b72;
          --c0: #5aa9ff; --c1: #ffa657; --c2: #56d194; --c3: #c29bff; --c4: #ff8fc7; --c5: #c3d35c } }
        body { max-width: {{Width}}px; margin: 2em auto; padding: 0 1em; color: var(--text); background: var(--page) }
        h1 { font-size: 1.5em; margin: 0 } h2 { font-size: 1.1em; margin: 2em 0 .4em } p { margin: .3em 0 } .faint { color: var(--faint) }
        .cards { display: grid; grid-template-columns: repeat(auto-fill, minmax(330px, 1fr)); gap: 12px } .wide { margin: 12px 0 }
        figure { margin: 0; padding: 10px 12px 4px; background: var(--card); border: 1px solid var(--line); border-radius: 8px } figcaption { font-weight: 600; font-size: .95em }
        figcaption span { font-weight: 400; color: var(--faint) } svg { width: 100%; height: auto; display: block } text { font-size: 11px; fill: var(--faint) } .name { font-size: 11.5px; fill: var(--text) }
        .grid { stroke: var(--line); fill: none } polyline { fill: none; stroke-width: 1.6; stroke-linejoin: round } .dashed { stroke-dasharray: 5 4 }
        .score { stroke: var(--c0); fill: none; stroke-width: 1.2 } .limit { stroke: var(--red); fill: none; stroke-dasharray: 5 4 } .alert { fill: var(--red); opacity: .15 }
        {{Styles()}} .dot { opacity: .75; fill: color-mix(in oklab, var(--c1) var(--t), var(--c0)) } .gap { fill: var(--faint); opacity: .2 }
        .key { display: inline-block; width: .8em; height: .8em; border-radius: 2px; margin: 0 .35em 0 .9em; vertical-align: -.05em } .key:first-child { margin-left: 0 }
        .scroll { overflow-x: auto } table { border-collapse: collapse; width: 100%; background: var(--card) } th, td { text-align: left; padding: .35em .8em; border-bottom: 1px solid var(--line); vertical-align: top }
        th { color: var(--faint); font-weight: 500; font-size: .9em } td.number, th.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap } code { font-size: .92em }
        </style></head><body><h1>{{WebUtility.HtmlEncode(heading)}}</h1>
        """);

    public static void End(TextWriter output) => output.WriteLine("</body></html>");

    /// <summary>A heading of a part of the page.</summary>
    public static void Heading(TextWriter output, string text) => output.WriteLine($"<h2>{WebUtility.HtmlEncode(text)}</h2>");

    /// <summary>A picture with its caption.</summary>
    public static void Figure(TextWriter output, string caption, string note, Plot plot)
    {
        output.Write($"<figure><figcaption>{WebUtility.HtmlEncode(caption)} <span>{WebUtility.HtmlEncode(note)}</span></figcaption>");
        plot.Write(output);
        output.WriteLine("</figure>");
    }

    /// <summary>Which colour stands for what.</summary>
    public static void Legend(TextWriter output, IEnumerable<string> names) => output.WriteLine(
        $"<p class=\"faint\">{string.Concat(names.Select((name, i) => $"<span class=\"key\" style=\"background:var(--{Colour(i)})\"></span>{WebUtility.HtmlEncode(name)}"))}</p>");

    private static string Styles() => string.Concat(Enumerable.Range(0, Colours).Select(i => FormattableString.Invariant(
        $"polyline.c{i} {{ stroke: var(--c{i}) }} path.c{i} {{ fill: var(--c{i}); fill-opacity: .12; stroke: var(--c{i}); stroke-width: 1.2 }} ")));
}
