#include "core/query/query_names.h"

#include <algorithm>
#include <filesystem>

#include "core/base/ascii.h"
#include "core/connect/sqlite/file.h"
#include "core/query/query.h"
#include "core/query/query_text.h"
#include "core/query/query_words.h"

namespace rw {

namespace {

/// The file's name without its ending, of letters, digits and underscores alone.
std::string schemaOf(const std::string& path) {
    std::string name = std::filesystem::path(path).stem().string();
    for (char& c : name)
        if (!isSqlWordPart(c)) c = '_';
    if (name.empty() || isAsciiDigit(name.front())) name.insert(0, "_");
    const std::string folded = foldedName(name);
    const bool taken = folded == "main" || folded == "temp" || folded == kLiveSchema || folded == kTapeSchema;
    return taken || isSqliteKeyword(name) ? name + "_db" : name;
}

}  // namespace

std::string QueryNames::add(std::string_view name) {
    // A NUL would end the statement that names it.
    std::string plain(name);
    std::erase(plain, '\0');
    std::string free = plain;
    for (int number = 2; !m_taken.insert(foldedName(free)).second; ++number)
        free = plain + '_' + std::to_string(number);
    return free;
}

std::string queryName(std::string_view name) {
    const bool word =
        !name.empty() && !isAsciiDigit(name.front()) && std::all_of(name.begin(), name.end(), isSqlWordPart);
    return word && !isSqliteKeyword(name) ? std::string(name) : sqliteName(name);
}

std::vector<QueryDatabase> namedDatabases(const std::vector<std::string>& paths) {
    std::vector<QueryDatabase> named;
    QueryNames taken;
    for (const std::string& path : paths) {
        if (named.size() == kMostQueryDatabases) break;
        named.push_back({path, taken.add(schemaOf(path))});
    }
    return named;
}

}  // namespace rw
