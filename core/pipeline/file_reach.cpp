#include "core/pipeline/file_reach.h"

#include <dirent.h>
#include <fnmatch.h>
#include <sys/stat.h>

#include <deque>
#include <memory>
#include <vector>

namespace rw {

namespace {

namespace fs = std::filesystem;

constexpr int kMostLinksFollowed = 40;

/// The components of `path` behind `folder`; none: it does not lie there by its name.
std::optional<std::deque<std::string>> behind(const fs::path& folder, const fs::path& path) {
    const fs::path whole = path.lexically_normal();
    auto at = whole.begin();
    for (const fs::path& part : folder) {
        if (part.empty()) continue;  // the end of “a/”
        if (at == whole.end() || *at != part) return std::nullopt;
        ++at;
    }
    std::deque<std::string> rest;
    for (; at != whole.end(); ++at) {
        if (!at->empty() && *at != ".") rest.push_back(at->native());
    }
    return rest;
}

struct CloseFolder {
    void operator()(DIR* folder) const { ::closedir(folder); }
};
using OpenFolder = std::unique_ptr<DIR, CloseFolder>;

class PatternSearch {
 public:
    PatternSearch(FileLook& look, const std::function<bool(const fs::path&)>& isIt)
        : m_look(look), m_isIt(isIt) {}

    PatternMatch run(const fs::path& pattern) {
        for (const fs::path& part : pattern.relative_path()) {
            if (!part.empty()) m_parts.push_back(part.native());
        }
        if (m_parts.empty()) return PatternMatch::None;
        return search(pattern.root_path(), 0);
    }

 private:
    PatternMatch search(const fs::path& folder, std::size_t part) {
        const std::string& name = m_parts[part];
        if (name.find_first_of("*?[\\") == std::string::npos) return matched(folder / name, part);
        if (!m_look.reach.allows(folder)) return PatternMatch::None;
        const OpenFolder open(::opendir(folder.empty() ? "." : folder.c_str()));
        if (!open) return PatternMatch::None;
        while (const dirent* const entry = ::readdir(open.get())) {
            if (m_look.budget.left == 0) return PatternMatch::Unknown;
            --m_look.budget.left;
            const bool fits = ::fnmatch(name.c_str(), entry->d_name, FNM_PERIOD) == 0;
            const bool leaf = entry->d_type == DT_REG && part + 1 < m_parts.size();
            if (!fits || leaf) continue;
            const PatternMatch match = matched(folder / entry->d_name, part);
            if (match != PatternMatch::None) return match;
        }
        return PatternMatch::None;
    }

    PatternMatch matched(const fs::path& path, std::size_t part) {
        if (part + 1 < m_parts.size()) return search(path, part + 1);
        struct stat found {};
        const bool isThere = m_look.reach.allows(path) && ::lstat(path.c_str(), &found) == 0;
        return isThere && m_isIt(path) ? PatternMatch::Found : PatternMatch::None;
    }

    FileLook& m_look;
    const std::function<bool(const fs::path&)>& m_isIt;
    std::vector<std::string> m_parts{};
};

}  // namespace

FileReach FileReach::below(const fs::path& folder) {
    FileReach reach;
    std::error_code error;
    reach.m_folder = fs::absolute(folder, error).lexically_normal();
    reach.m_real = fs::weakly_canonical(*reach.m_folder, error);
    if (error) reach.m_real = *reach.m_folder;
    return reach;
}

// Every name below is taken from a folder that is inside, so that a link is seen before it is followed.
bool FileReach::allows(const fs::path& path) const {
    if (!m_folder) return true;
    auto rest = behind(*m_folder, path);
    if (!rest) rest = behind(m_real, path);
    if (!rest) return false;
    std::vector<std::string> inside;  // of m_real
    int links = 0;
    while (!rest->empty()) {
        const std::string name = rest->front();
        rest->pop_front();
        if (name == "..") {
            if (inside.empty()) return false;
            inside.pop_back();
            continue;
        }
        fs::path next = m_real;
        for (const std::string& part : inside) next /= part;
        next /= name;
        std::error_code error;
        if (!fs::is_symlink(fs::symlink_status(next, error))) {
            inside.push_back(name);
            continue;
        }
        const fs::path target = fs::read_symlink(next, error);
        if (error || ++links > kMostLinksFollowed) return false;
        std::deque<std::string> way;
        if (target.is_absolute()) {
            auto there = behind(*m_folder, target);
            if (!there) there = behind(m_real, target);
            if (!there) return false;
            way = std::move(*there);
            inside.clear();
        } else {
            for (const fs::path& part : target) {
                if (!part.empty() && part != ".") way.push_back(part.native());
            }
        }
        rest->insert(rest->begin(), way.begin(), way.end());
    }
    return true;
}

PatternMatch matchPattern(const fs::path& pattern, FileLook& look,
                          const std::function<bool(const fs::path&)>& isIt) {
    return PatternSearch(look, isIt).run(pattern);
}

}  // namespace rw
