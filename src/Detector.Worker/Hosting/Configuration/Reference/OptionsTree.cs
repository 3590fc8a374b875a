using System.Collections;
using System.Reflection;

namespace Detector.Worker.Hosting.Configuration.Reference;

/// <summary>The shape of the options: what may be written where, read off their types.</summary>
internal static class OptionsTree
{
    /// <summary>Stands for a name that the user gives.</summary>
    public const string Placeholder = "<name>";

    /// <summary>Every key, in the order of the options.</summary>
    public static IReadOnlyList<OptionsKey> Keys()
    {
        var keys = new List<OptionsKey>();
        Add("", new DetectorOptions(), keys);
        return keys;
    }

    /// <summary>What a map maps its names to; null for what is no map.</summary>
    public static Type? MapElement(Type type) =>
        type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IDictionary<,>) ? type.GenericTypeArguments[1] : null;

    /// <summary>What a list is of; null for what is no list.</summary>
    public static Type? ListElement(Type type) =>
        type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IList<>) ? type.GenericTypeArguments[0] : null;

    private static void Add(string section, object options, List<OptionsKey> keys)
    {
        foreach (PropertyInfo property in options.GetType().GetProperties())
        {
            string key = section.Length == 0 ? property.Name : $"{section}:{property.Name}";
            object? value = property.GetValue(options);
            if (ValueText.IsScalar(property.PropertyType))
                keys.Add(new OptionsKey(key, property.PropertyType, value is null or "" ? null : ValueText.Format(value), DocComments.Of(property)));
            else if (ListElement(property.PropertyType) is not null)
                keys.Add(new OptionsKey(key, property.PropertyType, Items(value), DocComments.Of(property)));
            else if (MapElement(property.PropertyType) is not { } element)
                Add(key, value!, keys);
            else if (ValueText.IsScalar(element))
                keys.Add(new OptionsKey($"{key}:{Placeholder}", element, null, DocComments.Of(property)));
            else
                Add($"{key}:{Placeholder}", Activator.CreateInstance(element)!, keys);
        }
    }

    private static string? Items(object? list)
    {
        string[] items = [.. ((IEnumerable?)list ?? Array.Empty<object>()).Cast<object>().Select(ValueText.Format)];
        return items.Length == 0 ? null : string.Join(", ", items);
    }
}
