namespace Detector.Worker.Pipeline;

/// <summary>Names of the series that are on disk only, in the order in which they had to make room.</summary>
internal sealed class SpilledSeries
{
    private readonly Dictionary<string, LinkedListNode<string>> _nodes = new(StringComparer.Ordinal);
    private readonly LinkedList<string> _order = [];

    public int Count => _nodes.Count;

    public void Add(string name)
    {
        if (_nodes.ContainsKey(name))
            return;
        _nodes.Add(name, _order.AddLast(name));
    }

    public bool Remove(string name)
    {
        if (!_nodes.Remove(name, out LinkedListNode<string>? node))
            return false;
        _order.Remove(node);
        return true;
    }

    /// <summary>Removes the one that has been there the longest.</summary>
    public string RemoveOldest()
    {
        string name = _order.First!.Value;
        Remove(name);
        return name;
    }
}
