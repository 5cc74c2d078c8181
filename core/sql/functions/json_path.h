// Paths into JSON texts, `$.orders[0].id`, and the scalars that stand there.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace rw::sql {

class JsonPath {
 public:
    /// Nothing when the text is no path. A leading “lax” or “strict” is accepted, for what is not found is
    /// NULL either way; wildcards and filters are not.
    static std::optional<JsonPath> parse(std::string_view text);
    /// The field of this name, whatever characters it has.
    static JsonPath member(std::string name);

    /// Appends the scalar at the path as text: strings decoded, numbers and booleans as they are written.
    /// False when there is none: no such place, an object, an array, null, or a text that is not JSON.
    bool scalar(std::string& out, std::string_view json) const;

 private:
    struct Step {
        bool isIndex = false;
        std::string name{};
        std::size_t index = 0;
    };
    std::vector<Step> m_steps;
};

}  // namespace rw::sql
