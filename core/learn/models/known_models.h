// All kinds of models by their names, with their options: for nodes, for import, and for the tests that try
// every one.
#pragma once
#include <cstddef>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/learn/models/model.h"

namespace rw::learn {

/// Options of a model: numbers by name. Those that are not given are the model's own defaults.
class ModelOptions {
 public:
    ModelOptions() = default;
    ModelOptions(std::initializer_list<std::pair<std::string, double>> values) : m_values(values) {}

    double number(std::string_view name, double otherwise) const;
    std::size_t count(std::string_view name, std::size_t otherwise) const;
    bool flag(std::string_view name) const { return number(name, 0) != 0; }
    void set(std::string name, double value) { m_values.emplace_back(std::move(name), value); }
    const std::vector<std::pair<std::string, double>>& all() const { return m_values; }

 private:
    std::vector<std::pair<std::string, double>> m_values{};
};

/// A kind of model.
struct KnownModel {
    std::string_view name;
    ModelFactoryRef (*make)(std::size_t features, const ModelOptions& options);
    bool one = false;      ///< takes one feature only
    bool classes = false;  ///< its target is the index of a class, its outputs are probabilities
    bool target = false;   ///< it learns from a target
};

const std::vector<KnownModel>& knownModels();
/// Null: there is none of this name.
const KnownModel* knownModel(std::string_view name);

}  // namespace rw::learn
