/* lacuna/model.hpp - the prior that both ends share. */

#ifndef LAC_MODEL_HPP
#define LAC_MODEL_HPP

#include "lacuna/base.hpp"
#include "lacuna/model.h"

#include <utility>

namespace lacuna {
inline namespace LACUNA_ERRORS {

/// The prior that both ends share. A copy is one more reference.
class Model {
public:
    /// The one in the library.
    static Returns<Model> embedded()
    {
        lac_model* model = nullptr;
        const lac_status status = lac_model_default(&model);
        return owned(status, model);
    }

    /// A model file in memory, which must stay as it is as long as anything uses the model.
    static Returns<Model> from_memory(Bytes file)
    {
        lac_model* model = nullptr;
        const lac_status status = lac_model_open_memory(file.data(), file.size(), &model);
        return owned(status, model);
    }

    /// A model file, by its path in UTF-8.
    static Returns<Model> open(const char* path)
    {
        lac_model* model = nullptr;
        const lac_status status = lac_model_open_file(path, &model);
        return owned(status, model);
    }

    Model(const Model& other) noexcept : model_(other.model_)
    {
        if (model_ != nullptr) {
            lac_model_retain(model_);
        }
    }
    Model(Model&& other) noexcept : model_(std::exchange(other.model_, nullptr)) {}
    ~Model()
    {
        if (model_ != nullptr) {
            lac_model_release(&model_);
        }
    }

    Model& operator=(Model other) noexcept
    {
        std::swap(model_, other.model_);
        return *this;
    }

    Returns<lac_model_properties> info() const
    {
        lac_model_properties properties = LAC_MODEL_PROPERTIES_INIT;
        const lac_status status = lac_model_info(model_, &properties);
        if (status < LAC_OK) {
            return detail::failed<lac_model_properties>(Error(status));
        }

        return properties;
    }

    /// The handle of the C library.
    lac_model* get() const noexcept { return model_; }

private:
    explicit Model(lac_model* model) noexcept : model_(model) {}

    static Returns<Model> owned(lac_status status, lac_model* model)
    {
        if (status < LAC_OK) {
            return detail::failed<Model>(Error(status));
        }

        return Model(model);
    }

    lac_model* model_;
};

} // namespace LACUNA_ERRORS
} // namespace lacuna

#endif
