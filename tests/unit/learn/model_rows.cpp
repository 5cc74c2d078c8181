#include "tests/unit/learn/model_rows.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>

#include "core/base/random.h"
#include "core/learn/fields_json.h"
#include "core/learn/models/stored_fields.h"

namespace rw::test {

namespace {

constexpr double kLargest = std::numeric_limits<double>::max();
constexpr double kSmallest = std::numeric_limits<double>::denorm_min();

/// Evenly spread over [0, 1).
double chance(std::uint64_t row, std::uint64_t column) {
    return static_cast<double>(splitMix64(row * 64 + column) >> 11U) * 0x1.0p-53;
}

double valueOf(RowShape shape, std::uint64_t row, std::uint64_t column) {
    const double random = chance(row, column);
    switch (shape) {
        case RowShape::Constants:
            return 3.5;
        case RowShape::Huge:
            return random < 0.5 ? -1e300 : 1e300;
        case RowShape::Alternating:
            return (row + column) % 2 == 0 ? kLargest : -kLargest;
        case RowShape::Tiny:
            return random < 0.3 ? kSmallest : random < 0.5 ? -0.0 : random < 0.7 ? 0 : 0x1.0p-1022;
        default:
            return std::sin(static_cast<double>(row) / 4 + static_cast<double>(column)) + random;
    }
}

double targetOf(RowShape shape, TargetKind target, const std::vector<double>& features, std::uint64_t row) {
    if (target == TargetKind::None || (shape == RowShape::NoTargets && row % 3 != 0)) return learn::kUnknown;
    if (shape == RowShape::OneClass) return 1;
    const bool high = features[0] + chance(row, 60) > 1;
    if (target == TargetKind::Class) return high ? 1 : 0;
    return shape == RowShape::Usual ? 2 * features[0] + chance(row, 61) : features[0];
}

/// Collects what the fields of a model hold.
class FieldLook final : public learn::ModelFields {
 public:
    void number(std::string_view name, double& value) override { look(name, value); }
    void count(std::string_view, std::uint64_t&) override {}
    void numbers(std::string_view name, std::vector<double>& values) override {
        for (const double value : values) look(name, value);
    }
    void list(std::string_view name, std::vector<double>& values, std::size_t most) override {
        if (values.size() > most) infinite += " " + std::string(name) + "(too long)";
        numbers(name, values);
    }
    void texts(std::string_view, std::vector<std::string>&, std::size_t) override {}
    bool reads() const override { return false; }
    void broken(std::string_view) override {}

    std::string infinite{};

 private:
    void look(std::string_view name, double value) {
        if (!std::isfinite(value)) infinite += " " + std::string(name);
    }
};

void addBits(std::string& to, double value) {
    char bits[sizeof value];
    std::memcpy(bits, &value, sizeof value);
    to.append(bits, sizeof bits);
}

}  // namespace

const char* nameOf(RowShape shape) {
    switch (shape) {
        case RowShape::Usual:
            return "usual rows";
        case RowShape::Constants:
            return "constants";
        case RowShape::OneClass:
            return "one class";
        case RowShape::NoTargets:
            return "missing targets";
        case RowShape::Huge:
            return "huge values";
        case RowShape::Alternating:
            return "alternating extremes";
        case RowShape::Tiny:
            return "tiny values";
    }
    return "";
}

std::vector<ModelRow> rowsOf(RowShape shape, std::size_t features, TargetKind target, bool counts,
                             std::size_t count) {
    std::vector<ModelRow> rows(count);
    const bool extreme = shape == RowShape::Huge || shape == RowShape::Alternating || shape == RowShape::Tiny;
    for (std::size_t row = 0; row < count; ++row) {
        for (std::size_t i = 0; i < features; ++i) {
            const double number =
                std::floor(chance(row, i) * static_cast<double>(std::min<std::size_t>(row + 1, 20)));
            rows[row].features.push_back(counts && !extreme ? number : valueOf(shape, row, i));
        }
        rows[row].target = targetOf(shape, target, rows[row].features, row);
        rows[row].time = static_cast<Instant>(row) * 1'000;
    }
    return rows;
}

std::vector<double> said(const learn::Model& model, const learn::ModelFactory& factory, const ModelRow& row) {
    std::vector<double> outputs(factory.outputs(), -7);  // what a model leaves as it is shows
    model.score(row.example(), outputs);
    return outputs;
}

std::string passed(learn::Model& model, const learn::ModelFactory& factory, const ModelRow& row) {
    std::string bits;
    for (const double output : said(model, factory, row)) addBits(bits, output);
    model.learn(row.example());
    return bits;
}

std::string stateOf(learn::Model& model) {
    StateWriter out;
    learn::FieldsToState fields(out);
    model.visit(fields);
    return out.finish();
}

Status readState(learn::Model& model, const std::string& bytes) {
    RW_TRY_ASSIGN(const StateReader state, StateReader::open(bytes));
    learn::FieldsFromState fields(state);
    model.visit(fields);
    return fields.status();
}

std::string jsonOf(learn::Model& model) {
    std::string json;
    learn::FieldsToJson fields(json);
    model.visit(fields);
    fields.end();
    return json;
}

Status readJson(learn::Model& model, const std::string& json) {
    learn::FieldsFromJson fields(json);
    if (fields.status().ok()) model.visit(fields);
    return fields.status();
}

std::string infiniteFields(learn::Model& model) {
    FieldLook look;
    model.visit(look);
    return look.infinite;
}

}  // namespace rw::test
