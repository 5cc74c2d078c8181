#include "core/score/onnx_model.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <optional>
#include <utility>

#include "core/score/head_reader.h"
#include "core/score/onnx_api.h"
#include "core/score/onnx_file.h"

namespace rw::score {

namespace {

using ort::ApiRef;

/// A tensor that is given or comes back.
struct Tensor {
    std::string name{};
    int type = 0;
    std::size_t width = 1;  ///< columns
};

std::optional<Type> columnTypeOf(int type) {
    switch (type) {
        case ort::kFloat:
        case ort::kDouble:
            return Type::of(TypeId::Double);
        case ort::kInt32:
            return Type::of(TypeId::Int);
        case ort::kInt64:
            return Type::of(TypeId::Bigint);
        case ort::kString:
            return Type::of(TypeId::String);
        case ort::kBool:
            return Type::of(TypeId::Boolean);
        default:
            return std::nullopt;
    }
}

Status unfit(Text message) {
    return {
        ErrorCode::Invalid, std::move(message),
        RW_TEXT(
            "score",
            "Export the model with one input tensor of all features, and probabilities as a tensor: to_onnx "
            "of skl2onnx has the option zipmap=False.")};
}

/// The values that a run gave, freed at the end.
class Values {
 public:
    Values(const ort::Api& api, std::size_t count) : m_api(api), m_values(count, nullptr) {}
    Values(const Values&) = delete;
    Values& operator=(const Values&) = delete;
    ~Values() {
        for (ort::Value* const value : m_values) {
            if (value != nullptr) m_api.releaseValue(value);
        }
    }
    ort::Value** data() { return m_values.data(); }
    ort::Value* at(std::size_t i) const { return m_values[i]; }

 private:
    const ort::Api& m_api;
    std::vector<ort::Value*> m_values;
};

class OnnxModel final : public Model {
 public:
    OnnxModel(ModelHead head, ApiRef api, ort::Session* session, ort::MemoryInfo* memory, Tensor input,
              std::vector<Tensor> outputs, std::size_t bytes)
        : Model(std::move(head)),
          m_api(std::move(api)),
          m_session(session),
          m_memory(memory),
          m_input(std::move(input)),
          m_outputs(std::move(outputs)),
          m_bytes(bytes) {
        for (const Tensor& output : m_outputs) m_names.push_back(output.name.c_str());
    }
    ~OnnxModel() override {
        m_api->releaseMemoryInfo(m_memory);
        m_api->releaseSession(m_session);
    }

    std::size_t rowCost() const override { return 8 + m_bytes / 64; }
    std::size_t memoryBytes() const override { return m_bytes; }
    Status explains() const override {
        return {
            ErrorCode::Invalid, RW_TEXT("score", "Contributions are computed of models in JSON alone."),
            RW_TEXT("score", "Write the model with the script of the help, or switch contributions off.")};
    }
    void contributions(const Features&, Contributions&) const override {}

    Status score(const Features& features, std::span<const std::size_t> outputs,
                 std::vector<ColumnRef>& columns) const override {
        std::vector<ColumnBuilder> builders;
        for (const std::size_t output : outputs) builders.emplace_back(head().outputs[output].type);
        for (std::size_t from = 0; from < features.rows && !outputs.empty(); from += kTile)
            RW_TRY(
                scoreTile(features, from, std::min(kTile, features.rows - from), kTile, outputs, builders));
        columns.clear();
        for (ColumnBuilder& builder : builders) columns.push_back(builder.finish());
        return {};
    }

    /// The library may compute a row differently in the last bits where other rows are beside it: a tile is
    /// always as large, and rows that are not there are 0. Checks with rows of its own that then a row gives
    /// the same wherever it is, and about what it gives by itself.
    Status probe() const {
        std::vector<std::vector<double>> values(head().inputs.size(), std::vector<double>(kTile + 5));
        for (std::size_t i = 0; i < values.size(); ++i) {
            for (std::size_t r = 0; r < values[i].size(); ++r)
                values[i][r] = static_cast<double>((r * 7 + i * 3) % 11) / 4 - 1;
        }
        Features all, some;
        all.rows = kTile + 5;
        some.rows = 5;
        for (const std::vector<double>& column : values) {
            all.columns.emplace_back(column);
            some.columns.emplace_back(std::span(column).subspan(3, 5));
        }
        std::vector<std::size_t> outputs(head().outputs.size());
        for (std::size_t i = 0; i < outputs.size(); ++i) outputs[i] = i;
        std::vector<ColumnRef> whole, part;
        RW_TRY(score(all, outputs, whole));
        RW_TRY(score(some, outputs, part));
        std::vector<ColumnBuilder> alone;
        for (const std::size_t output : outputs) alone.emplace_back(head().outputs[output].type);
        RW_TRY(scoreTile(some, 0, 1, 1, outputs, alone));
        for (std::size_t i = 0; i < outputs.size(); ++i) {
            const ColumnRef one = alone[i].finish();
            for (std::size_t r = 0; r < 5; ++r) {
                if (!same(*whole[i], r + 3, *part[i], r, 0)) return depends(head().outputs[i].name);
            }
            if (!same(*part[i], 0, *one, 0, 1e-4)) return depends(head().outputs[i].name);
        }
        return {};
    }

 private:
    static Status depends(const std::string& output) {
        return unfit(
            RW_TEXT("score", "What the model gives for a row depends on the rows beside it: output “%1”.")
                .with(output));
    }

    static bool same(const Column& a, std::size_t row, const Column& b, std::size_t other, double tolerance) {
        if (a.type().is(TypeId::String)) return a.string(row) == b.string(other);
        if (!a.type().is(TypeId::Double)) {
            const std::size_t width = widthOf(a.type().id);
            return std::memcmp(a.raw() + row * width, b.raw() + other * width, width) == 0;
        }
        const double x = a.at<double>(row), y = b.at<double>(other);
        const double most = tolerance * std::max(1.0, std::abs(x));
        return std::memcmp(&x, &y, sizeof x) == 0 || std::abs(x - y) <= most;
    }

    template <class T>
    void fill(const Features& features, std::size_t from, std::size_t rows,
              std::vector<std::byte>& bytes) const {
        const std::size_t inputs = features.columns.size();
        for (std::size_t i = 0; i < inputs; ++i) {
            for (std::size_t r = 0; r < rows; ++r) {
                const T value = static_cast<T>(features.columns[i][from + r]);
                std::memcpy(bytes.data() + (r * inputs + i) * sizeof value, &value, sizeof value);
            }
        }
    }

    /// Rows [from, from + rows), in a tensor of `tile` rows.
    Status scoreTile(const Features& features, std::size_t from, std::size_t rows, std::size_t tile,
                     std::span<const std::size_t> outputs, std::vector<ColumnBuilder>& builders) const {
        const std::size_t inputs = features.columns.size();
        const bool floats = m_input.type == ort::kFloat;
        std::vector<std::byte> given(tile * inputs * (floats ? sizeof(float) : sizeof(double)));
        if (floats) {
            fill<float>(features, from, rows, given);
        } else {
            fill<double>(features, from, rows, given);
        }
        const std::int64_t shape[] = {static_cast<std::int64_t>(tile), static_cast<std::int64_t>(inputs)};
        Values input(*m_api, 1), found(*m_api, m_outputs.size());
        RW_TRY(m_api->check(
            m_api->createTensor(m_memory, given.data(), given.size(), shape, 2, m_input.type, input.data())));
        const char* const inputName = m_input.name.c_str();
        RW_TRY(m_api->check(m_api->run(m_session, nullptr, &inputName, input.data(), 1, m_names.data(),
                                       m_names.size(), found.data())));
        for (std::size_t i = 0; i < outputs.size(); ++i) {
            const ModelOutput& output = head().outputs[outputs[i]];
            const auto tensor = std::find_if(m_outputs.begin(), m_outputs.end(),
                                             [&](const Tensor& each) { return each.name == output.tensor; });
            RW_TRY(append(found.at(static_cast<std::size_t>(tensor - m_outputs.begin())), *tensor,
                          output.item, rows, tile, builders[i]));
        }
        return {};
    }

    Status append(ort::Value* value, const Tensor& tensor, std::size_t item, std::size_t rows,
                  std::size_t tile, ColumnBuilder& out) const {
        ort::TensorInfo* info = nullptr;
        std::size_t count = 0;
        int type = 0;
        RW_TRY(m_api->check(m_api->valueInfo(value, &info)));
        const std::shared_ptr<void> freed(nullptr, [&](void*) { m_api->releaseTensorInfo(info); });
        RW_TRY(m_api->check(m_api->elementCount(info, &count)));
        RW_TRY(m_api->check(m_api->elementType(info, &type)));
        if (count != tile * tensor.width || type != tensor.type)
            return unfit(RW_TEXT("score", "Output “%1” of the model does not have the size that it declares.")
                             .with(tensor.name));
        if (type == ort::kString) return appendTexts(value, tensor, item, rows, count, out);
        void* data = nullptr;
        RW_TRY(m_api->check(m_api->tensorData(value, &data)));
        for (std::size_t r = 0; r < rows; ++r) {
            const std::size_t at = r * tensor.width + item;
            if (type == ort::kFloat) out.append(static_cast<double>(static_cast<const float*>(data)[at]));
            if (type == ort::kDouble) out.append(static_cast<const double*>(data)[at]);
            if (type == ort::kInt32) out.append(static_cast<const std::int32_t*>(data)[at]);
            if (type == ort::kInt64) out.append(static_cast<const std::int64_t*>(data)[at]);
            if (type == ort::kBool) out.append(static_cast<std::uint8_t>(static_cast<const bool*>(data)[at]));
        }
        return {};
    }

    Status appendTexts(ort::Value* value, const Tensor& tensor, std::size_t item, std::size_t rows,
                       std::size_t count, ColumnBuilder& out) const {
        std::size_t length = 0;
        RW_TRY(m_api->check(m_api->stringLength(value, &length)));
        std::string all(length, '\0');
        std::vector<std::size_t> offsets(count + 1, length);
        RW_TRY(m_api->check(m_api->stringContent(value, all.data(), all.size(), offsets.data(), count)));
        for (std::size_t r = 0; r < rows; ++r) {
            const std::size_t at = r * tensor.width + item;
            out.appendString(std::string_view(all).substr(offsets[at], offsets[at + 1] - offsets[at]));
        }
        return {};
    }

    const ApiRef m_api;
    ort::Session* const m_session;
    ort::MemoryInfo* const m_memory;
    const Tensor m_input;
    const std::vector<Tensor> m_outputs;
    std::vector<const char*> m_names{};
    const std::size_t m_bytes;
};

/// Makes a model of a session, which is released where that fails.
class Opening {
 public:
    explicit Opening(ApiRef api) : m_api(std::move(api)) {}
    Opening(const Opening&) = delete;
    Opening& operator=(const Opening&) = delete;
    ~Opening() {
        if (m_session != nullptr) m_api->releaseSession(m_session);
        if (m_options != nullptr) m_api->releaseOptions(m_options);
    }

    Result<ModelRef> open(std::string_view bytes) {
        const ort::Api& api = *m_api;
        RW_TRY(api.check(api.createOptions(&m_options)));
        RW_TRY(api.check(api.setExecutionMode(m_options, 0)));
        RW_TRY(api.check(api.setIntraThreads(m_options, 1)));
        RW_TRY(api.check(api.setInterThreads(m_options, 1)));
        RW_TRY(api.check(api.createSession(api.env(), bytes.data(), bytes.size(), m_options, &m_session)));
        std::size_t inputs = 0, outputs = 0;
        RW_TRY(api.check(api.inputCount(m_session, &inputs)));
        RW_TRY(api.check(api.outputCount(m_session, &outputs)));
        if (inputs != 1) return unfit(RW_TEXT("score", "The model has %1 input tensors.").with(inputs));
        RW_TRY_ASSIGN(Tensor input, tensor(0, true));
        if (input.type != ort::kFloat && input.type != ort::kDouble)
            return unfit(
                RW_TEXT("score", "The input of the model is no tensor of numbers of 32 or 64 bits."));
        ModelHead head;
        head.floats = input.type == ort::kFloat;
        for (std::size_t i = 0; i < input.width; ++i) head.inputs.push_back({fmt::format("x{}", i), {}});
        std::vector<Tensor> tensors;
        for (std::size_t i = 0; i < outputs; ++i) {
            RW_TRY_ASSIGN(Tensor output, tensor(i, false));
            RW_TRY(addOutput(output, head));
            tensors.push_back(std::move(output));
        }
        ort::MemoryInfo* memory = nullptr;
        RW_TRY(api.check(api.createMemoryInfo(0, 0, &memory)));
        const auto model =
            std::make_shared<OnnxModel>(std::move(head), m_api, std::exchange(m_session, nullptr), memory,
                                        std::move(input), std::move(tensors), bytes.size());
        RW_TRY(model->probe());
        return ModelRef(model);
    }

 private:
    static Status addOutput(const Tensor& tensor, ModelHead& head) {
        const std::optional<Type> type = columnTypeOf(tensor.type);
        if (!type)
            return unfit(RW_TEXT("score", "Output “%1” of the model has a type that no column has.")
                             .with(tensor.name));
        for (std::size_t i = 0; i < tensor.width; ++i) {
            const std::string name = tensor.width == 1 ? tensor.name : fmt::format("{}_{}", tensor.name, i);
            head.outputs.push_back({name, *type, Gives::Tensor, i, tensor.name});
        }
        if (head.outputs.size() > kMostOutputs)
            return unfit(RW_TEXT("score", "There are more than %1 outputs.").with(kMostOutputs));
        return {};
    }

    Result<Tensor> tensor(std::size_t number, bool input) const {
        const ort::Api& api = *m_api;
        Tensor found;
        ort::Allocator* allocator = nullptr;
        RW_TRY(api.check(api.defaultAllocator(&allocator)));
        char* name = nullptr;
        RW_TRY(api.check((input ? api.inputName : api.outputName)(m_session, number, allocator, &name)));
        found.name = name;
        RW_TRY(api.check(api.allocatorFree(allocator, name)));
        ort::TypeInfo* type = nullptr;
        RW_TRY(api.check((input ? api.inputType : api.outputType)(m_session, number, &type)));
        const std::shared_ptr<void> freed(nullptr, [&](void*) { api.releaseTypeInfo(type); });
        const ort::TensorInfo* info = nullptr;
        RW_TRY(api.check(api.tensorInfoOf(type, &info)));
        if (info == nullptr)
            return unfit(RW_TEXT("score", "“%1” of the model is no tensor.").with(found.name));
        RW_TRY(api.check(api.elementType(info, &found.type)));
        std::size_t dimensions = 0;
        RW_TRY(api.check(api.dimensionCount(info, &dimensions)));
        std::vector<std::int64_t> sizes(dimensions);
        RW_TRY(api.check(api.dimensions(info, sizes.data(), sizes.size())));
        const bool flat = dimensions == 1 && !input;
        const bool rows =
            dimensions == 2 && sizes[1] > 0 && sizes[1] <= static_cast<std::int64_t>(kMostInputs);
        if (!flat && !rows)
            return unfit(
                RW_TEXT("score", "“%1” of the model is no tensor with a row for each row.").with(found.name));
        found.width = flat ? 1 : static_cast<std::size_t>(sizes[1]);
        return found;
    }

    const ApiRef m_api;
    ort::SessionOptions* m_options = nullptr;
    ort::Session* m_session = nullptr;
};

}  // namespace

Result<ModelRef> loadOnnxModel(std::string_view bytes, const std::string& runtime) {
    RW_TRY(checkOnnx(bytes));
    RW_TRY_ASSIGN(ApiRef api, ort::Api::load(runtime));
    return Opening(std::move(api)).open(bytes);
}

}  // namespace rw::score
