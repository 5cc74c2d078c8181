#include "tests/unit/score/stored_models.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <limits>
#include <numeric>
#include <sstream>

namespace rw::score::test {

namespace {
const std::string kFolder = std::string(RILLWRIGHT_SOURCE) + "/tests/fixtures/models/";
}  // namespace

std::vector<std::string> storedModels() {
    std::vector<std::string> names;
    for (const auto& entry : std::filesystem::directory_iterator(kFolder)) {
        if (entry.path().extension() == ".json") names.push_back(entry.path().stem().string());
    }
    std::sort(names.begin(), names.end());
    return names;
}

std::string pathOf(const std::string& name) {
    return kFolder + name + ".json";
}

std::string bytesOf(const std::string& name) {
    std::ifstream file(pathOf(name), std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

Features StoredRows::all() const {
    Features given;
    given.rows = rows;
    for (const std::vector<double>& column : features) given.columns.emplace_back(column);
    return given;
}

StoredRows storedRows(const std::string& name, const ModelHead& head) {
    StoredRows stored;
    stored.features.resize(head.inputs.size());
    stored.outputs.resize(head.outputs.size());
    std::ifstream file(kFolder + name + ".csv");
    for (std::string line; std::getline(file, line); ++stored.rows) {
        std::stringstream cells(line);
        std::string cell;
        for (std::vector<double>& column : stored.features) {
            std::getline(cells, cell, ',');
            column.push_back(cell.empty() ? std::numeric_limits<double>::quiet_NaN()
                                          : std::strtod(cell.c_str(), nullptr));
        }
        for (std::vector<std::string>& column : stored.outputs) {
            std::getline(cells, cell, ',');
            column.push_back(cell);
        }
    }
    return stored;
}

std::string shown(const Column& column, std::size_t row) {
    if (column.type().is(TypeId::String)) return std::string(column.string(row));
    if (column.type().is(TypeId::Boolean)) return column.at<std::uint8_t>(row) != 0 ? "true" : "false";
    if (column.type().is(TypeId::Double)) return fmt::format("{}", column.at<double>(row));
    if (column.type().is(TypeId::Int)) return fmt::format("{}", column.at<std::int32_t>(row));
    return fmt::format("{}", column.at<std::int64_t>(row));
}

std::vector<ColumnRef> scored(const Model& model, const Features& features) {
    std::vector<std::size_t> outputs(model.head().outputs.size());
    std::iota(outputs.begin(), outputs.end(), std::size_t{0});
    std::vector<ColumnRef> columns;
    const Status status = model.score(features, outputs, columns);
    if (!status.ok()) throw std::runtime_error(english(status.error()));
    return columns;
}

}  // namespace rw::score::test
