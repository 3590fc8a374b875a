namespace Detector.Worker.Hosting.Configuration;

/// <summary>One key of the merged layers: a value, keys below it, or (by mistake) both.</summary>
internal sealed class ConfigurationNode(string key, string path)
{
    private readonly OrderedDictionary<string, ConfigurationNode> _children = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The last part of the path, as the first layer that has it spells it.</summary>
    public string Key { get; } = key;

    /// <summary>The whole key, parts separated by colons.</summary>
    public string Path { get; } = path;

    public string? Value { get; private set; }

    public string Origin { get; private set; } = "default";

    public ICollection<ConfigurationNode> Children => _children.Values;

    /// <summary>Rank of the layer that gave the value, -1 without one.</summary>
    public int Layer { get; private set; } = -1;

    /// <summary>Rank of the highest layer that gave a value here or below.</summary>
    public int NewestLayer => _children.Values.Select(child => child.NewestLayer).Append(Layer).Max();

    public ConfigurationNode? Child(string key) => _children.GetValueOrDefault(key);

    /// <summary>Sets a value at or below this node; a higher layer comes later and wins.</summary>
    public void Set(ConfigurationValue value, int layer)
    {
        ConfigurationNode node = this;
        foreach (string part in value.Key.Split(':'))
            node = node.ChildOrNew(part);
        node.Value = value.Value;
        node.Origin = value.Origin;
        node.Layer = layer;
    }

    private ConfigurationNode ChildOrNew(string key)
    {
        if (!_children.TryGetValue(key, out ConfigurationNode? child))
            _children[key] = child = new ConfigurationNode(key, Path.Length == 0 ? key : $"{Path}:{key}");
        return child;
    }
}
