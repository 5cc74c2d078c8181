// Paths into JSON texts, `$.orders[0].id`, and the scalars at them.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace rw::sql {

class JsonPath {
 public:
    /// From a value to one in it: a field of an object, or an element of an array, from 0.
    struct Step {
        bool isIndex = false;
        std::string name{};
        std::size_t index = 0;
    };

    /// To the field `name`, which may have any characters.
    static JsonPath toField(std::string name);
    /// The same path in the value of the field `name`.
    JsonPath under(std::string name) const;
    /// Nothing when the text is no path. A leading “lax” or “strict” is accepted, for a missing value is NULL
    /// either way; wildcards, filters and functions are not.
    static std::optional<JsonPath> parse(std::string_view text);

    /// Appends the scalar at the path as text: strings decoded, numbers and booleans as they are written.
    /// False when there is none: no such place, an object, an array, null, or a text that does not begin with
    /// JSON. Text behind that is ignored, as in Flink.
    bool scalar(std::string& out, std::string_view json) const;

    /// Outermost first; none: the whole text.
    const std::vector<Step>& steps() const { return m_steps; }

 private:
    std::vector<Step> m_steps;
};

}  // namespace rw::sql
