#include "core/pipeline/json/json_layout.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/base/control_characters.h"

namespace rw {

namespace {

bool isContainer(const Json& value) {
    return value.is_structured() && !value.empty();
}

bool holdsContainers(const Json& list) {
    return std::any_of(list.begin(), list.end(), [](const Json& element) { return isContainer(element); });
}

bool holdsObjects(const Json& list) {
    return std::any_of(list.begin(), list.end(), [](const Json& element) { return element.is_object(); });
}

std::string scalar(const Json& value) {
    // A text that is not UTF-8 can't come from a file, and must not keep one from being saved.
    return value.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::string quoted(const std::string& key) {
    return scalar(Json(key));
}

/// `json` is UTF-8; outside of texts it has neither.
std::string withoutControls(const std::string& json) {
    std::string out;
    for (std::size_t at = 0; at < json.size();) {
        const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(json[at + i]); };
        const std::size_t bytes = byte(0) < 0x80 ? 1 : byte(0) < 0xe0 ? 2 : byte(0) < 0xf0 ? 3 : 4;
        char32_t code = byte(0);
        if (bytes == 2) code = ((byte(0) & 0x1fU) << 6) | (byte(1) & 0x3fU);
        if (bytes == 3) code = ((byte(0) & 0x0fU) << 12) | ((byte(1) & 0x3fU) << 6) | (byte(2) & 0x3fU);
        if (code >= 0x7f && bytes < 4 && (isControlCharacter(code) || turnsDirection(code))) {
            out += fmt::format("\\u{:04x}", static_cast<unsigned>(code));
        } else {
            out.append(json, at, bytes);
        }
        at += bytes;
    }
    return out;
}

void appendFlat(std::string& out, const Json& value) {
    if (!isContainer(value)) {
        out += scalar(value);
        return;
    }
    const bool object = value.is_object();
    const bool spaced = object || holdsObjects(value);
    out += object ? "{" : "[";
    if (spaced) out += ' ';
    bool first = true;
    for (const auto& [key, element] : value.items()) {
        if (!first) out += ", ";
        first = false;
        if (object) out += quoted(key) + ": ";
        appendFlat(out, element);
    }
    if (spaced) out += ' ';
    out += object ? "}" : "]";
}

std::size_t characters(std::string_view text) {
    return static_cast<std::size_t>(
        std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xC0) != 0x80; }));
}

class Layout {
 public:
    std::string root(const Json& root) {
        put("{\n");
        bool first = true;
        for (const auto& [key, value] : root.items()) {
            if (!first) put(",\n");
            first = false;
            put("  " + quoted(key) + ": ");
            if (value.is_array() && !value.empty() &&
                (key == "nodes" || key == "wires" || (holdsObjects(value) && !fits(onOneLine(value))))) {
                block(value);
            } else {
                element(value);
            }
        }
        put("\n}\n");
        return std::move(m_out);
    }

 private:
    void put(const std::string& text) {
        m_out += text;
        m_lines += static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
        const std::size_t line = text.rfind('\n');
        m_column = line == std::string::npos ? m_column + characters(text)
                                             : characters(std::string_view(text).substr(line + 1));
    }
    void newLine(std::size_t column) { put("\n" + std::string(column, ' ')); }
    /// Whether `text` and a comma after it still have room on this line.
    bool fits(const std::string& text) const { return m_column + characters(text) + 1 <= kLineWidth; }

    /// One element a line, indented by four: the lists of the root.
    void block(const Json& list) {
        put("[");
        for (std::size_t i = 0; i < list.size(); ++i) {
            newLine(4);
            element(list[i]);
            if (i + 1 < list.size()) put(",");
        }
        put("\n  ]");
    }

    void element(const Json& value) {
        const std::string flat = onOneLine(value);
        if (fits(flat) || !isContainer(value) || (value.is_array() && !holdsContainers(value))) {
            put(flat);
        } else if (value.is_object()) {
            filled(value);
        } else {
            listed(value);
        }
    }

    /// As many members on a line as fit; a member that was broken ends its line.
    void filled(const Json& object) {
        put("{ ");
        const std::size_t start = m_column;
        bool first = true, broken = false;
        for (const auto& [key, value] : object.items()) {
            const std::string name = quoted(key) + ": ";
            if (!first) {
                put(",");
                if (!broken && fits(" " + name + onOneLine(value))) {
                    put(" ");
                } else {
                    newLine(start);
                }
            }
            first = false;
            put(name);
            const std::size_t before = m_lines;
            element(value);
            broken = m_lines != before;
        }
        put(" }");
    }

    void listed(const Json& list) {
        const bool spaced = holdsObjects(list);
        put(spaced ? "[ " : "[");
        const std::size_t start = m_column;
        for (std::size_t i = 0; i < list.size(); ++i) {
            if (i > 0) {
                put(",");
                newLine(start);
            }
            element(list[i]);
        }
        put(spaced ? " ]" : "]");
    }

    std::string m_out;
    std::size_t m_column = 0, m_lines = 0;
};

}  // namespace

std::string onOneLine(const Json& value) {
    std::string out;
    appendFlat(out, value);
    return out;
}

std::string indented(const Json& value) {
    return withoutControls(value.dump(2, ' ', false, Json::error_handler_t::replace));
}

std::string layOut(const Json& root) {
    return Layout().root(root);
}

}  // namespace rw
