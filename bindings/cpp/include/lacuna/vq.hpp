/* lacuna/vq.hpp - vector quantisation: vectors to indices, and indices back.
 *
 *   lacuna::Codebook codebook = lacuna::Codebook::create(codewords, 8);
 *   lacuna::Quantizer quantizer = lacuna::Quantizer::residual({&codebook});
 *   std::vector<std::int32_t> indices = quantizer.encode(vectors); */

#ifndef LAC_VQ_HPP
#define LAC_VQ_HPP

#include "lacuna/base.hpp"
#include "lacuna/coding.hpp"
#include "lacuna/vq.h"

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <vector>

namespace lacuna {
inline namespace LACUNA_ERRORS {

/// Codewords, prepared for search. It never changes: threads may share it.
class Codebook {
public:
    /// @param codewords  [count][dimensions]
    static Returns<Codebook> create(
        Span<const float> codewords, std::size_t dimensions, const lac_codebook_options& options = LAC_CODEBOOK_OPTIONS_INIT)
    {
        Codebook codebook;
        const std::size_t count = codewords.size() / (dimensions != 0 ? dimensions : 1);
        return made(lac_codebook_create(codewords.data(), count, dimensions, &options, codebook.codebook_.out()), std::move(codebook));
    }

    /// Trains codewords by k-means.
    /// @param vectors  [count][dimensions]
    static Returns<Codebook> train(Span<const float> vectors, std::size_t dimensions, std::size_t codewords,
        const lac_training_options& options = LAC_TRAINING_OPTIONS_INIT)
    {
        Codebook codebook;
        const std::size_t count = vectors.size() / (dimensions != 0 ? dimensions : 1);
        const lac_status status =
            lac_codebook_train(vectors.data(), count, dimensions, codewords, &options, codebook.codebook_.out(), nullptr);
        return made(status, std::move(codebook));
    }

    Returns<lac_codebook_properties> info() const
    {
        lac_codebook_properties properties = LAC_CODEBOOK_PROPERTIES_INIT;
        const lac_status status = lac_codebook_info(codebook_.get(), &properties);
        if (status < LAC_OK) {
            return detail::failed<lac_codebook_properties>(Error(status));
        }

        return properties;
    }

    /// The handle of the C library.
    lac_codebook* handle() const noexcept { return codebook_.get(); }

private:
    Codebook() noexcept = default;

    static Returns<Codebook> made(lac_status status, Codebook&& codebook)
    {
        if (status < LAC_OK) {
            return detail::failed<Codebook>(Error(status));
        }

        return std::move(codebook);
    }

    detail::Owned<lac_codebook, lac_codebook_destroy> codebook_;
};

/// A quantiser with stored codewords. Calls on one wait for each other: use one a thread.
class Quantizer {
public:
    /// Stages that each encode what the ones before have left; of one stage: flat quantisation. The codebooks are retained.
    static Returns<Quantizer> residual(Span<const Codebook* const> codebooks, const lac_vq_options& options = LAC_VQ_OPTIONS_INIT)
    {
        return made([&](const lac_codebook* const* handles, lac_vq** out) {
            return lac_vq_create_residual(handles, codebooks.size(), &options, out);
        }, codebooks);
    }

    static Returns<Quantizer> residual(
        std::initializer_list<const Codebook*> codebooks, const lac_vq_options& options = LAC_VQ_OPTIONS_INIT)
    {
        return residual(Span<const Codebook* const>(codebooks.begin(), codebooks.size()), options);
    }

    /// Neighbouring parts of a vector, each with a codebook of its own. The codebooks are retained.
    static Returns<Quantizer> product(Span<const Codebook* const> codebooks, const lac_vq_options& options = LAC_VQ_OPTIONS_INIT)
    {
        return made([&](const lac_codebook* const* handles, lac_vq** out) {
            return lac_vq_create_product(handles, codebooks.size(), &options, out);
        }, codebooks);
    }

    /// What a safetensors file holds: Lacuna's, or a checkpoint of EnCodec, DAC or Mimi.
    static Returns<Quantizer> from_memory(Bytes file, const lac_vq_options& options = LAC_VQ_OPTIONS_INIT)
    {
        return made([&](const lac_codebook* const*, lac_vq** out) {
            return lac_vq_open_memory(file.data(), file.size(), &options, out);
        }, {});
    }

    Returns<lac_vq_properties> info() const
    {
        lac_vq_properties properties = LAC_VQ_PROPERTIES_INIT;
        const lac_status status = lac_vq_info(vq_.get(), &properties);
        if (status < LAC_OK) {
            return detail::failed<lac_vq_properties>(Error(status));
        }

        return properties;
    }

    /// [vectors][dimensions] to [vectors][indices_per_vector].
    Returns<std::vector<std::int32_t>> encode(Span<const float> vectors)
    {
        lac_vq_properties shape = LAC_VQ_PROPERTIES_INIT;
        const std::size_t count = vectors.size() / dimensions(shape);
        return detail::filled<std::int32_t>(count * static_cast<std::size_t>(shape.indices_per_vector),
            [&](std::int32_t* indices) { return lac_vq_encode(vq_.get(), vectors.data(), count, indices); });
    }

    /// [vectors][indices_per_vector] to [vectors][dimensions].
    /// @param stages  decode with so many of the first; 0: all
    Returns<std::vector<float>> decode(Span<const std::int32_t> indices, int stages = 0)
    {
        lac_vq_properties shape = LAC_VQ_PROPERTIES_INIT;
        const std::size_t elements = dimensions(shape);
        const std::size_t count = shape.indices_per_vector > 0 ? indices.size() / static_cast<std::size_t>(shape.indices_per_vector) : 0;
        return detail::filled<float>(
            count * elements, [&](float* vectors) { return lac_vq_decode(vq_.get(), indices.data(), count, stages, vectors); });
    }

    /// The handle of the C library.
    lac_vq* handle() const noexcept { return vq_.get(); }

private:
    Quantizer() noexcept = default;

    template <class F>
    static Returns<Quantizer> made(const F& create, Span<const Codebook* const> codebooks)
    {
        std::vector<const lac_codebook*> handles;
        for (const Codebook* codebook : codebooks) {
            handles.push_back(codebook->handle());
        }

        Quantizer quantizer;
        const lac_status status = create(handles.data(), quantizer.vq_.out());
        if (status < LAC_OK) {
            return detail::failed<Quantizer>(Error(status));
        }

        return quantizer;
    }

    /// Elements of a vector, 1 or more.
    std::size_t dimensions(lac_vq_properties& shape) const noexcept
    {
        lac_vq_info(vq_.get(), &shape);
        return shape.dimensions > 0 ? static_cast<std::size_t>(shape.dimensions) : 1;
    }

    detail::Owned<lac_vq, lac_vq_destroy> vq_;
};

} // namespace LACUNA_ERRORS
} // namespace lacuna

#endif
