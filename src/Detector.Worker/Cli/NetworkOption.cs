using System.CommandLine;
using Detector.Models.Autoencoders;
using Detector.Worker.Contracts;

namespace Detector.Worker.Cli;

/// <summary>Options that take names of networks, with commas between them.</summary>
internal static class NetworkOption
{
    public static Option<string[]> Create(string name, string description) => new(name)
    {
        Description = $"{description}, with commas between them: {string.Join(", ", AutoencoderFactory.Names)} (default: the first three)",
        HelpName = "NAME",
        CustomParser = argument =>
        {
            string[] networks = argument.Tokens[0].Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
            foreach (string? unknown in networks.Select(network => Bounds.Known(name, network, AutoencoderFactory.Names)).OfType<string>())
                argument.AddError(unknown);
            if (networks.Length == 0)
                argument.AddError($"{name} is empty; name one of {string.Join(", ", AutoencoderFactory.Names)}.");
            if (networks.Distinct(StringComparer.Ordinal).Count() < networks.Length)
                argument.AddError($"{name} names a network more than once.");
            return networks;
        },
    };
}
