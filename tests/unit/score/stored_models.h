// The models of tests/fixtures/models, and what their libraries predict with them.
#pragma once
#include <string>
#include <vector>

#include "core/score/model_file.h"

namespace rw::score::test {

/// Names without ending, sorted.
std::vector<std::string> storedModels();
std::string pathOf(const std::string& name);
std::string bytesOf(const std::string& name);

/// Rows with the outputs that are expected of them.
struct StoredRows {
    std::vector<std::vector<double>> features{};      ///< a column per input; NaN: missing
    std::vector<std::vector<std::string>> outputs{};  ///< a column per output, as its library gives it
    std::size_t rows = 0;
    Features all() const;
};
StoredRows storedRows(const std::string& name, const ModelHead& head);

/// The value as text, doubles as exact as they are.
std::string shown(const Column& column, std::size_t row);

/// All outputs of the rows.
std::vector<ColumnRef> scored(const Model& model, const Features& features);

}  // namespace rw::score::test
