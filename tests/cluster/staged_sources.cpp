#include "tests/cluster/staged_sources.h"

#include "core/compare/staged_sources.h"

namespace rw::cluster {

namespace fs = std::filesystem;

namespace {

std::string quoted(const std::string& text) {
    std::string out = "\"";
    for (const char c : text) {
        if (c == '"') out += '"';
        out += c;
    }
    return out + '"';
}

}  // namespace

std::string csvLine(const golden::Row& row) {
    std::string line;
    for (std::size_t i = 0; i < row.size(); ++i) {
        if (i > 0) line += ',';
        if (row[i]) line += quoted(*row[i]);
    }
    return line + '\n';
}

std::string stageSources(const Pipeline& pipeline, const Catalogue& catalogue, const fs::path& folder,
                         const fs::path& staged) {
    ValidateOptions options;
    options.folder = folder.string();
    const Status done = rw::stageSources(pipeline, catalogue, options, staged.string());
    return done.ok() ? std::string() : english(done.error());
}

}  // namespace rw::cluster
