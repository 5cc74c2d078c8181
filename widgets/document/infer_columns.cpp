#include "widgets/document/infer_columns.h"

#include <algorithm>
#include <filesystem>

namespace rw::ui {

namespace {

namespace fs = std::filesystem;

std::string pathParamOf(const NodeKind& kind) {
    const auto path = std::find_if(kind.params.begin(), kind.params.end(),
                                   [](const ParamSpec& spec) { return spec.kind == ParamKind::InputPath; });
    return path != kind.params.end() ? path->name : std::string();
}

/// The first file that a folder or a pattern names within reach; the path itself where there is none.
fs::path firstFile(const fs::path& path, FileLook& look) {
    std::error_code ignored;
    std::vector<fs::path> files;
    const auto take = [&](const fs::path& each) {
        if (fs::is_regular_file(each, ignored)) files.push_back(each);
        return false;
    };
    if (fs::is_regular_file(path, ignored)) return path;
    (void)matchPattern(fs::is_directory(path, ignored) ? path / "*" : path, look, take);
    return files.empty() ? path : *std::min_element(files.begin(), files.end());
}

/// Makes the path of `params` that of a file within reach.
Status stayWithin(FileReach reach, const std::string& param, const std::string& folder, Json& params) {
    const Json text = params.value(param, Json());
    if (!text.is_string() || text.get_ref<const std::string&>().empty()) return {};
    const fs::path path = (fs::path(folder) / text.get<std::string>()).lexically_normal();
    if (reach.allows(path)) {
        FileLook look{std::move(reach)};
        params[param] = firstFile(path, look).native();
        return {};
    }
    return {ErrorCode::Invalid,
            RW_TEXT("document", "“%1” was not read: it lies outside the folder of the pipeline.")
                .with(path.native()),
            RW_TEXT("document",
                    "Choose the file here, or run the pipeline and agree; then its files are looked at.")};
}

}  // namespace

ColumnInference columnInference(const NodeKind& kind, Json params, std::string folder, TrustQuestion ask) {
    return [infer = kind.infer, param = pathParamOf(kind), params = std::move(params),
            folder = std::move(folder), ask = std::move(ask)]() -> Result<std::vector<std::string>> {
        const FileReach reach = ask ? ask().reachFrom(folder) : FileReach();
        if (!reach.isLimited()) return infer(params, folder);
        Json within = params;
        RW_TRY(stayWithin(reach, param, folder, within));
        return infer(within, folder);
    };
}

}  // namespace rw::ui
