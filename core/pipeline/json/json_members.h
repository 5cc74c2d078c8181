// An object of a .rill file, read key by key: every value checked, unknown keys kept and reported.
#pragma once
#include <functional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/status.h"
#include "core/pipeline/issue.h"
#include "core/pipeline/pipeline.h"

namespace rw {

/// The error in the value at `path`; %1 of the message is the path.
Status wrongAt(const std::string& path, Text message, Text fix = {});

/// Every function leaves its output alone when the key is not there, and fails on a value of another type.
class Members {
 public:
    /// `path` leads to the object, for messages; empty: the root.
    Members(const Json& object, std::string path, std::vector<Issue>& warnings)
        : m_object(object), m_path(std::move(path)), m_warnings(warnings) {}

    Status isObject() const;
    /// The path of a member.
    std::string at(std::string_view key) const;
    /// The member, or null.
    const Json* take(const char* key);

    /// Text of at most `most` characters.
    Status text(const char* key, std::string& out, std::size_t most, bool required = false);
    Status flag(const char* key, bool& out);
    Status point(const char* key, Point& out);
    /// Two whole numbers, each from `least` to `most`.
    Status cells(const char* key, int least, int most, int& x, int& y);
    /// Calls `read` with every element of a list and its path, until one fails.
    Status each(const char* key, const std::function<Status(const Json&, const std::string&)>& read);

    /// The members that were not read, with a warning for each.
    Json rest(const NodeId& node = {}) const;

 private:
    const Json& m_object;
    const std::string m_path;
    std::vector<Issue>& m_warnings;
    std::set<std::string, std::less<>> m_taken;
};

}  // namespace rw
