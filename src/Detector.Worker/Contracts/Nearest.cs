namespace Detector.Worker.Contracts;

/// <summary>Finds the name that was probably meant, for messages that offer a remedy.</summary>
internal static class Nearest
{
    /// <summary>The known name within a third of its letters of edits, or null. Case does not count.</summary>
    public static string? To(string name, IEnumerable<string> known)
    {
        string? best = null;
        int bestDistance = int.MaxValue;
        foreach (string candidate in known)
        {
            int distance = Distance(name, candidate);
            if (distance >= bestDistance || distance > Math.Max(1, candidate.Length / 3))
                continue;
            best = candidate;
            bestDistance = distance;
        }

        return best;
    }

    /// <summary>End of a sentence: <c>did you mean "a"?</c>, or <c>write one of a, b, c.</c> when nothing is near.</summary>
    public static string Remedy(string name, IReadOnlyCollection<string> known)
    {
        if (To(name, known) is { } near)
            return $"did you mean \"{near}\"?";
        return known.Count switch
        {
            0 => "there is none.",
            1 => $"write {known.First()}.",
            _ => $"write one of {string.Join(", ", known)}.",
        };
    }

    /// <summary>Edits between two names: insert, delete, replace, swap neighbours (optimal string alignment).</summary>
    private static int Distance(string left, string right)
    {
        var rows = new int[left.Length + 1, right.Length + 1];
        for (int i = 0; i <= left.Length; i++)
            rows[i, 0] = i;
        for (int j = 0; j <= right.Length; j++)
            rows[0, j] = j;

        for (int i = 1; i <= left.Length; i++)
        {
            for (int j = 1; j <= right.Length; j++)
            {
                int cost = Same(left[i - 1], right[j - 1]) ? 0 : 1;
                int distance = Math.Min(Math.Min(rows[i - 1, j], rows[i, j - 1]) + 1, rows[i - 1, j - 1] + cost);
                bool swapped = i > 1 && j > 1 && Same(left[i - 1], right[j - 2]) && Same(left[i - 2], right[j - 1]);
                rows[i, j] = swapped ? Math.Min(distance, rows[i - 2, j - 2] + 1) : distance;
            }
        }

        return rows[left.Length, right.Length];
    }

    private static bool Same(char left, char right) => char.ToUpperInvariant(left) == char.ToUpperInvariant(right);
}
