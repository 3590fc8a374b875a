namespace Detector.Worker.Cli.Model;

/// <summary>What a rollback did, for machines.</summary>
/// <param name="Withdrawn">Version that was taken out of service.</param>
/// <param name="Serves">Version that serves from now on.</param>
/// <param name="Aside">Folder where the withdrawn version lies until the next training.</param>
internal sealed record ModelRollback(string Pipeline, string Series, string Withdrawn, string Serves, string Aside);
