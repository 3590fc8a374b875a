using System.CommandLine;

namespace Detector.Worker.Cli.Logs;

/// <summary>The options of a command that can read log lines in place of CSV.</summary>
internal sealed class LogArguments
{
    private readonly Option<bool> _logs = new("--logs") { Description = "the files hold log lines instead of CSV; --train-rows counts lines" };
    private readonly Option<string?> _layout = new("--layout") { Description = "layout of a line, as in '<Date> <Time> <Level> <Component>: <Content>' (default: recognised)", HelpName = "LAYOUT" };
    private readonly Option<string?> _session = new("--session") { Description = "what a session's key begins with, as in blk_: sessions are judged when they end", HelpName = "PREFIX" };
    private readonly Option<TimeSpan?> _bucket = new("--bucket") { Description = "time that a sample counts lines over, as in 00:00:10 (default: one that fits the file)", HelpName = "TIME" };

    public void AddTo(Command command)
    {
        command.Add(_logs);
        command.Add(_layout);
        command.Add(_session);
        command.Add(_bucket);
        command.Validators.Add(result =>
        {
            if (!result.GetValue(_logs) && (result.GetResult(_layout) ?? result.GetResult(_session) ?? result.GetResult(_bucket)) is not null)
                result.AddError("--layout, --session and --bucket are for log lines: add --logs.");
        });
    }

    public bool IsChosen(System.CommandLine.Parsing.CommandResult result) => result.GetValue(_logs);

    /// <summary>Null when the files are CSV.</summary>
    public LogChoice? Find(ParseResult result) =>
        result.GetValue(_logs) ? new LogChoice(result.GetValue(_layout), result.GetValue(_session), result.GetValue(_bucket)) : null;
}
