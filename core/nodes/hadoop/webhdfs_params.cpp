#include "core/nodes/hadoop/webhdfs_params.h"

#include "core/connect/hadoop/webhdfs_place.h"

namespace rw {

ParamSpec webhdfsConnectionParam() {
    ParamSpec connection = makeParam(
        "connection", ParamKind::Connection, RW_TEXT("webhdfs", "Connection"),
        RW_TEXT("webhdfs",
                "The file system, by the name that it has on this computer. A token goes to its own "
                "address, and to data nodes that the connection names."));
    connection.choices = {{"webhdfs", RW_TEXT("webhdfs", "HDFS")}};
    connection.required = true;
    return connection;
}

ParamSpec webhdfsPathParam(Text help) {
    ParamSpec path = makeParam("path", ParamKind::String, RW_TEXT("webhdfs", "Path"), std::move(help));
    path.required = path.subject = true;
    return path;
}

std::optional<std::string> bindWebhdfsPath(BindContext& context) {
    const std::string text = context.text("path");
    std::optional<std::string> path = webhdfsPath(text);
    if (path) return path;
    context.error("path", RW_TEXT("webhdfs", "“%1” can't be a path of HDFS.").with(text),
                  RW_TEXT("webhdfs", "Write it from the root on, without “:”, “.” and “..”: /data/orders."));
    return std::nullopt;
}

std::vector<ParamSpec> lineFormatParams(std::vector<ParamSpec> params) {
    std::vector<ParamSpec> kept;
    for (ParamSpec& spec : params) {
        if (spec.name == "schema" || spec.name == "registry" || spec.name == "subject") continue;
        if (spec.name == "format")
            std::erase_if(spec.choices, [](const Choice& choice) { return choice.value == "avro"; });
        kept.push_back(std::move(spec));
    }
    return kept;
}

}  // namespace rw
