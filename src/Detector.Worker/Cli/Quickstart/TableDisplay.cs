using Detector.Worker.Contracts;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Detector.Worker.Cli.Quickstart;

/// <summary>The display on a terminal: a live table of the series, and the latest alerts below it.</summary>
internal sealed class TableDisplay(IAnsiConsole console) : IQuickstartDisplay
{
    private const int AlertLines = 10;
    private readonly Dictionary<string, SeriesView> _views = new(StringComparer.Ordinal);

    public void Run(QuickstartSession session, CancellationToken stop)
    {
        console.Live(new Text("")).AutoClear(false).Overflow(VerticalOverflow.Crop).Start(live =>
        {
            bool stopping;
            do
            {
                stopping = stop.WaitHandle.WaitOne(TimeSpan.FromMilliseconds(200));
                live.UpdateTarget(Render(session));
            }
            while (!stopping);
        });
    }

    private Rows Render(QuickstartSession session)
    {
        foreach (var series in session.Series)
        {
            if (!_views.ContainsKey(series.Key))
                _views.Add(series.Key, new SeriesView(series));
        }

        IReadOnlyList<Alert> alerts = session.Alerts.All;
        var table = new Table().Border(TableBorder.Rounded).Expand()
            .AddColumn("series").AddColumn("state").AddColumn(new TableColumn("score / threshold").RightAligned()).AddColumn("last while")
            .AddColumn("last alert");
        foreach (SeriesView view in _views.Values.OrderBy(view => view.Name, StringComparer.Ordinal))
        {
            view.Refresh();
            Alert? last = alerts.LastOrDefault(alert => alert.Kind == AlertKind.Anomaly && alert.Series == view.Name);
            table.AddRow(
                new Text(view.Name),
                new Markup(State(view, last)),
                new Text(view.Series.Status.Ticks == 0
                    ? ""
                    : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{view.Series.Status.Score:F2} / {view.Series.Status.Threshold:F2}")),
                new Markup(Sparkline(view)),
                new Text(last is null ? "" : AlertText.Explain(last)));
        }

        var lines = new List<IRenderable> { new Markup($"[grey]{Markup.Escape(session.Heading)}[/]"), table };
        lines.AddRange(alerts.TakeLast(AlertLines).Select(alert => new Markup($"[{Colour(alert)}]{Markup.Escape(AlertText.Line(alert))}[/]").Overflow(Overflow.Ellipsis)));
        lines.Add(new Markup("[grey]Ctrl-C ends with a summary.[/]"));
        return new Rows(lines);
    }

    private static string State(SeriesView view, Alert? last) => last is { State: not AlertState.Resolved }
        ? $"[{Colour(last)}]{AlertText.Word(last.Severity)}[/]"
        : Markup.Escape(view.State(TimeSpan.Zero));

    private static string Sparkline(SeriesView view) =>
        string.Concat(view.Ratios.Select(ratio => ratio > 1 ? $"[red]{SeriesView.Bar(ratio)}[/]" : $"[green]{SeriesView.Bar(ratio)}[/]"));

    private static string Colour(Alert alert) => alert switch
    {
        { State: AlertState.Resolved } => "green",
        { Kind: AlertKind.Quality } => "blue",
        { Severity: Severity.Critical } => "red",
        _ => "yellow",
    };
}
