#include "core/score/onnx_file.h"

#include <cstdint>
#include <optional>

namespace rw::score {

namespace {

constexpr int kDeepest = 24;  // graphs in attributes of nodes in graphs

/// A message: fields one by one. Any bytes.
class Message {
 public:
    struct Field {
        std::uint64_t number = 0;
        std::uint64_t value = 0;   ///< of a number
        std::string_view bytes{};  ///< of bytes, a text or a message
    };

    explicit Message(std::string_view bytes) : m_rest(bytes) {}
    bool broken() const { return m_broken; }

    /// Nothing at the end, or where the bytes are broken.
    std::optional<Field> next() {
        if (m_rest.empty() || m_broken) return std::nullopt;
        const std::uint64_t tag = varint();
        Field field;
        field.number = tag >> 3;
        switch (tag & 7) {
            case 0:
                field.value = varint();
                break;
            case 1:
                (void)take(8);
                break;
            case 2:
                field.bytes = take(varint());
                break;
            case 5:
                (void)take(4);
                break;
            default:
                m_broken = true;
        }
        if (m_broken || field.number == 0) {
            m_broken = true;
            return std::nullopt;
        }
        return field;
    }

 private:
    std::uint64_t varint() {
        std::uint64_t value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            if (m_rest.empty()) break;
            const auto byte = static_cast<unsigned char>(m_rest.front());
            m_rest.remove_prefix(1);
            value |= std::uint64_t{byte & 0x7FU} << shift;
            if (byte < 0x80) return value;
        }
        m_broken = true;
        return 0;
    }
    std::string_view take(std::uint64_t size) {
        if (m_broken || size > m_rest.size()) {
            m_broken = true;
            return {};
        }
        const std::string_view taken = m_rest.substr(0, size);
        m_rest.remove_prefix(size);
        return taken;
    }

    std::string_view m_rest;
    bool m_broken = false;
};

Status refused(Text message) {
    return {ErrorCode::Invalid, std::move(message),
            RW_TEXT("score", "Export the model as one file, with the operators of ONNX alone.")};
}

Status brokenOnnx() {
    return {ErrorCode::Invalid, RW_TEXT("score", "This is no ONNX model, or one that was cut off."),
            RW_TEXT("score", "Export the model again.")};
}

bool isKnown(std::string_view domain) {
    return domain.empty() || domain == "ai.onnx" || domain == "ai.onnx.ml";
}

// Numbers of fields: onnx.proto.
Status checkGraph(std::string_view bytes, int depth);

Status checkTensor(std::string_view bytes) {
    Message tensor(bytes);
    while (const auto field = tensor.next()) {
        const bool external = field->number == 13 || (field->number == 14 && field->value == 1);
        if (external) return refused(RW_TEXT("score", "The model keeps its weights in other files."));
    }
    return tensor.broken() ? brokenOnnx() : Status();
}

Status checkAttribute(std::string_view bytes, int depth) {
    Message attribute(bytes);
    while (const auto field = attribute.next()) {
        if (field->number == 5 || field->number == 10) RW_TRY(checkTensor(field->bytes));
        if (field->number == 6 || field->number == 11) RW_TRY(checkGraph(field->bytes, depth + 1));
    }
    return attribute.broken() ? brokenOnnx() : Status();
}

Status checkNode(std::string_view bytes, int depth) {
    Message node(bytes);
    while (const auto field = node.next()) {
        if (field->number == 5) RW_TRY(checkAttribute(field->bytes, depth));
        if (field->number == 7 && !isKnown(field->bytes))
            return refused(
                RW_TEXT("score", "The model uses operators of “%1”.").with(field->bytes.substr(0, 80)));
    }
    return node.broken() ? brokenOnnx() : Status();
}

Status checkGraph(std::string_view bytes, int depth) {
    if (depth > kDeepest) return refused(RW_TEXT("score", "The graph of the model is nested too deeply."));
    Message graph(bytes);
    while (const auto field = graph.next()) {
        if (field->number == 1) RW_TRY(checkNode(field->bytes, depth));
        if (field->number == 5) RW_TRY(checkTensor(field->bytes));
        if (field->number == 15) return refused(RW_TEXT("score", "The model has sparse weights."));
    }
    return graph.broken() ? brokenOnnx() : Status();
}

}  // namespace

Status checkOnnx(std::string_view bytes) {
    Message model(bytes);
    bool graph = false;
    while (const auto field = model.next()) {
        if (field->number == 7) {
            RW_TRY(checkGraph(field->bytes, 0));
            graph = true;
        }
        if (field->number == 25) return refused(RW_TEXT("score", "The model brings functions of its own."));
    }
    return model.broken() || !graph ? brokenOnnx() : Status();
}

}  // namespace rw::score
