using System.CommandLine;

namespace Detector.Worker.Cli.Config;

/// <summary><c>detector config</c>: what the configuration may hold, and what it holds.</summary>
internal static class ConfigCommand
{
    public static Command Create() => new CommandWithExamples(
        "config", "Writes a configuration to begin with, shows the one in effect, and says what may stand in it.",
        "detector config init --source mqtt > config.json",
        "detector config show --sources --config config.json",
        "detector config schema > detector.schema.json")
    {
        ConfigInitCommand.Create(),
        ConfigShowCommand.Create(),
        ConfigSchemaCommand.Create(),
    };
}
