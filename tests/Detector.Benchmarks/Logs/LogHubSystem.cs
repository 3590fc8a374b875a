namespace Detector.Benchmarks.Logs;

/// <summary>One of the systems of the LogHub samples.</summary>
/// <param name="Layout">Its header, as the published comparisons give it to every parser.</param>
/// <param name="Drain">Grouping accuracy that is published for Drain.</param>
internal sealed record LogHubSystem(string Name, string Layout, double Drain)
{
    /// <summary>All sixteen, with the figures of Zhu et al., "Tools and benchmarks for automated log parsing" (ICSE 2019).</summary>
    public static IReadOnlyList<LogHubSystem> All { get; } =
    [
        new("HDFS", "<Date> <Time> <Pid> <Level> <Component>: <Content>", .998),
        new("Hadoop", "<Date> <Time> <Level> [<Process>] <Component>: <Content>", .948),
        new("Spark", "<Date> <Time> <Level> <Component>: <Content>", .920),
        new("Zookeeper", "<Date> <Time> - <Level> [<Component>@<Id>] - <Content>", .967),
        new("BGL", "<Label> <Timestamp> <Date> <Node> <Time> <NodeRepeat> <Type> <Component> <Level> <Content>", .963),
        new("HPC", "<LogId> <Node> <Component> <State> <Time> <Flag> <Content>", .887),
        new("Thunderbird", "<Label> <Timestamp> <Date> <User> <Month> <Day> <Time> <Location> <Component>: <Content>", .955),
        new("Windows", "<Date> <Time>, <Level> <Component> <Content>", .997),
        new("Linux", "<Month> <Date> <Time> <Host> <Component>: <Content>", .690),
        new("Android", "<Date> <Time> <Pid> <Tid> <Level> <Component>: <Content>", .911),
        new("HealthApp", "<Time>|<Component>|<Pid>|<Content>", .780),
        new("Apache", "[<Time>] [<Level>] <Content>", 1),
        new("Proxifier", "[<Time>] <Program> - <Content>", .527),
        new("OpenSSH", "<Date> <Day> <Time> <Host> <Component>: <Content>", .788),
        new("OpenStack", "<Logrecord> <Date> <Time> <Pid> <Level> <Component> [<Address>] <Content>", .733),
        new("Mac", "<Month> <Date> <Time> <User> <Component>[<Pid>]<Address>: <Content>", .787),
    ];
}
