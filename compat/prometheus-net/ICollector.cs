namespace Prometheus;

/// <summary>What every kind of metric can say about itself.</summary>
public interface ICollector
{
    string Name { get; }

    string Help { get; }

    /// <summary>The names whose values <c>WithLabels</c> asks for; static labels are not among them.</summary>
    string[] LabelNames { get; }
}
