using Lacuna.Codecs.Images.Model;

namespace Lacuna.Codecs.Images.Regions;

/// <summary>The parameters of the levels that a decoder met last: pictures that alternate between a few allocate nothing.</summary>
sealed class RecentLevels
{
    const int Most = 4;

    readonly LevelParameters?[] levels = new LevelParameters?[Most];
    int next;

    /// <summary>A level's parameters; worked out (some 20 KB) where they are not among the last four.</summary>
    public LevelParameters Get(ImageModel model, QualityLevel level)
    {
        foreach (LevelParameters? known in levels)
        {
            if (known is not null && known.Level == level && known.Model.Hash == model.Hash)
            {
                return known;
            }
        }

        var made = new LevelParameters(model, level);
        levels[next] = made;
        next = (next + 1) % Most;
        return made;
    }
}
