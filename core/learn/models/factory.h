// A factory of models that are made of the same options.
#pragma once
#include <memory>
#include <utility>

#include "core/learn/models/model.h"

namespace rw::learn {

/// Of models whose constructor takes Options, which has `features` and outputs().
template <class M, class Options>
class FactoryOf final : public ModelFactory {
 public:
    explicit FactoryOf(Options options) : m_options(std::move(options)) {}
    std::unique_ptr<Model> make(std::uint64_t seed) const override {
        if constexpr (std::is_constructible_v<M, const Options&, std::uint64_t>) {
            return std::make_unique<M>(m_options, seed);
        } else {
            return std::make_unique<M>(m_options);
        }
    }
    std::size_t features() const override { return m_options.features; }
    std::size_t outputs() const override { return m_options.outputs(); }

 private:
    const Options m_options;
};

}  // namespace rw::learn
