using System.Collections;
using System.Globalization;
using System.Reflection;
using Detector.Worker.Contracts;

namespace Detector.Worker.Hosting.Configuration;

/// <summary>
/// Fills options from the merged configuration and collects every mistake instead of stopping at the first, as the framework's binder does.
/// A list is taken whole from the highest layer that gives it; merged by index, a shorter list would keep the tail of a longer one.
/// </summary>
internal sealed class OptionsReader(ICollection<string> errors)
{
    private readonly HashSet<string> _failed = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Keys whose value could not be used; what is checked later would only repeat the mistake.</summary>
    public IReadOnlySet<string> Failed => _failed;

    public void Read(ConfigurationNode node, object target)
    {
        var properties = target.GetType().GetProperties().ToDictionary(property => property.Name, StringComparer.OrdinalIgnoreCase);
        if (node.Value is { Length: > 0 })
            Fail(node, $"holds keys of its own: write one of {string.Join(", ", properties.Keys)} below it");

        foreach (ConfigurationNode child in node.Children)
        {
            if (properties.TryGetValue(child.Key, out PropertyInfo? property))
                ReadProperty(child, property, target);
            else
                errors.Add($"{child.Path} ({Origin(child)}) is not a known key: {Nearest.Remedy(child.Key, properties.Keys)}");
        }
    }

    private void ReadProperty(ConfigurationNode node, PropertyInfo property, object target)
    {
        Type type = property.PropertyType;
        Type? generic = type.IsGenericType ? type.GetGenericTypeDefinition() : null;
        if (ValueText.IsScalar(type))
        {
            if (Scalar(node, type) is { } value)
                property.SetValue(target, value);
        }
        else if (generic == typeof(IList<>))
        {
            property.SetValue(target, List(node, type.GenericTypeArguments[0]));
        }
        else if (generic == typeof(IDictionary<,>))
        {
            Map(node, type.GenericTypeArguments[1], (IDictionary)property.GetValue(target)!);
        }
        else
        {
            Read(node, property.GetValue(target)!);
        }
    }

    private object? Scalar(ConfigurationNode node, Type type)
    {
        if (node.Children.Count > 0)
        {
            errors.Add($"{node.Path} takes one value, but keys are given below it, such as {node.Children.First().Path}: write {node.Key} with a value.");
            _failed.Add(node.Path);
            return null;
        }

        if (node.Value is null)
            return null;
        if (!ValueText.TryConvert(node.Value, type, out object? value, out string expected))
            Fail(node, expected);
        return value;
    }

    private IList List(ConfigurationNode node, Type element)
    {
        var list = (IList)Activator.CreateInstance(typeof(List<>).MakeGenericType(element))!;
        int newest = node.NewestLayer;
        if (node.Layer == newest)
        {
            // One value where a list belongs is the list, separated by commas: the form for the environment and --set.
            foreach (string part in (node.Value ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
                Add(node, part);
            return list;
        }

        foreach (ConfigurationNode child in node.Children.Where(child => child.NewestLayer == newest)
            .OrderBy(child => child.Key, ConfigurationKeyComparer.Instance))
        {
            if (child.Children.Count > 0 || !int.TryParse(child.Key, CultureInfo.InvariantCulture, out _))
            {
                errors.Add($"{node.Path} ({Origin(child)}) is a list of values, but keys are given below it, such as {child.Path}: write it as a list.");
                _failed.Add(node.Path);
                break;
            }

            Add(child, child.Value ?? "");
        }

        return list;

        void Add(ConfigurationNode from, string text)
        {
            if (ValueText.TryConvert(text, element, out object? value, out string expected))
                list.Add(value);
            else
                Fail(from, expected);
        }
    }

    private void Map(ConfigurationNode node, Type element, IDictionary map)
    {
        if (node.Value is { Length: > 0 })
            Fail(node, "is a map: write names below it");
        foreach (ConfigurationNode child in node.Children)
        {
            if (ValueText.IsScalar(element))
            {
                // The JSON provider writes true as True.
                if (Scalar(child, element) is { } value)
                    map[child.Key] = value switch { "True" => "true", "False" => "false", _ => value };
            }
            else
            {
                object entry = Activator.CreateInstance(element)!;
                map[child.Key] = entry;
                Read(child, entry);
            }
        }
    }

    private void Fail(ConfigurationNode node, string remedy)
    {
        string value = SecretKeys.IsSecret(node.Path) ? SecretKeys.Redacted : node.Value ?? "";
        errors.Add($"{node.Path} is \"{value}\" ({Origin(node)}): {remedy}.");
        _failed.Add(node.Path);
    }

    private static string Origin(ConfigurationNode node)
    {
        while (node.Layer < 0 && node.Children.Count > 0)
            node = node.Children.First();
        return "in " + node.Origin;
    }
}
