namespace Lacuna.Codecs.Images.Model;

/// <summary>The models that a decoder may use: those that it was given, and the library's own.</summary>
/// <param name="models">Given ones; the library's own need not be among them.</param>
sealed class ModelShelf(IReadOnlyList<ImageModel> models)
{
    readonly ImageModel[] models = models.ToArray();

    /// <summary>Whether there is a model of this hash. Opens none.</summary>
    public bool Has(ulong hash) => hash == EmbeddedModel.Hash || Given(hash) is not null;

    /// <summary>The model of a hash that is there.</summary>
    public ImageModel this[ulong hash] => Given(hash) ?? ImageModel.Default;

    ImageModel? Given(ulong hash)
    {
        foreach (ImageModel model in models)
        {
            if (model.Hash == hash)
            {
                return model;
            }
        }

        return null;
    }
}
