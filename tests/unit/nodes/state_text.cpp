#include "tests/unit/nodes/state_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>

#include "core/data/state_layout.h"
#include "core/data/state_writer.h"

namespace rw::test {

namespace {

class Fields {
 public:
    explicit Fields(std::vector<std::string>& out) : m_out(out) {}

    /// False: the bytes end too early, or have a type that is not known.
    bool add(std::string_view record, std::size_t depth) {
        std::uint32_t version = 0;
        if (!take(record, version)) return false;
        while (!record.empty()) {
            std::uint8_t type = 0, group = 0;
            std::uint16_t nameSize = 0;
            std::uint64_t size = 0;
            std::string_view name, payload;
            if (!take(record, type) || !take(record, group) || !take(record, nameSize)) return false;
            if (!take(record, nameSize, name) || !take(record, size)) return false;
            if (!take(record, size, payload)) return false;
            std::string& line = m_out.emplace_back(fmt::format("{:{}}{}:", "", 2 * depth, name));
            if (!addValue(static_cast<StateType>(type), payload, depth, line)) return false;
        }
        return true;
    }

 private:
    template <class T>
    static bool take(std::string_view& from, T& out) {
        std::string_view bytes;
        if (!take(from, sizeof(T), bytes)) return false;
        std::memcpy(&out, bytes.data(), sizeof(T));
        return true;
    }
    static bool take(std::string_view& from, std::uint64_t size, std::string_view& out) {
        if (from.size() < size) return false;
        out = from.substr(0, size);
        from.remove_prefix(size);
        return true;
    }

    template <class T>
    static bool number(std::string_view payload, std::string& line) {
        T value{};
        if (payload.size() != sizeof value || !take(payload, value)) return false;
        line += fmt::format(" {}", value);
        return true;
    }

    bool addValue(StateType type, std::string_view payload, std::size_t depth, std::string& line) {
        switch (type) {
            case StateType::I64:
                return number<std::int64_t>(payload, line);
            case StateType::U64:
                return number<std::uint64_t>(payload, line);
            case StateType::F64:
                return number<double>(payload, line);
            case StateType::Bytes:
                for (const char byte : payload) {
                    const bool plain = byte > ' ' && byte < 127;
                    line += plain ? std::string(1, byte)
                                  : fmt::format("\\{:02x}", static_cast<unsigned char>(byte));
                }
                return true;
            case StateType::Record:
            case StateType::KeyedRecord:
                return add(payload, depth + 1);
        }
        return false;
    }

    std::vector<std::string>& m_out;
};

}  // namespace

std::vector<std::string> stateText(std::string_view sealed) {
    std::vector<std::string> out;
    const bool whole = sealed.size() >= state_layout::kSealSize;
    if (!whole || !Fields(out).add(sealed.substr(state_layout::kSealSize), 0))
        out.emplace_back("it fails: these bytes are no state");
    return out;
}

}  // namespace rw::test
