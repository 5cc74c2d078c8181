#include "core/nodes/sources/file_source.h"

#include <algorithm>
#include <filesystem>

#include "core/connect/files/compressed_file.h"
#include "core/nodes/column_defs.h"
#include "core/stream/rejected.h"
#include "core/stream/sink.h"

namespace rw {

namespace {

void bindPace(BindContext& context, BoundFileSource& bound) {
    FileSourceOptions& files = bound.files;
    const SourceTiming& timing = bound.timing;
    files.rate = context.number("rate");
    files.replaySpeed = context.number("replay_speed");
    if (files.replaySpeed > 0 && (timing.eventTime < 0 || timing.eventTime == timing.arrival)) {
        context.error(
            "replay_speed", RW_TEXT("file_source", "Replay goes by the event times, and there are none."),
            RW_TEXT("file_source", "Choose a column of the file as event time, or set the speed to 0."));
    }
    // Read as fast as possible a file is never idle, however slow the disk is.
    const bool slow = files.files.follow || files.rate > 0 || files.replaySpeed > 0;
    if (!slow) bound.timing.idleTimeout.reset();
}

/// As many rows as come to a few MiB of columns, at most `most`: of thousands of columns fewer than else.
std::size_t rowsOfBatch(const Schema& schema, std::size_t most) {
    constexpr std::size_t kBytes = std::size_t{8} << 20;
    std::size_t width = 1;
    for (const Field& field : schema.fields) width += widthOf(field.type.id);
    return std::clamp<std::size_t>(kBytes / width, 1, most);
}

}  // namespace

ParamSpec inputPathParam() {
    ParamSpec path = makeParam(
        "path", ParamKind::InputPath, RW_TEXT("file_source", "Path"),
        RW_TEXT("file_source",
                "A file, a folder, or a pattern with `*`, `?`, `[ ]` such as `data/*.csv`. The files of a "
                "folder are read in the order of their names; hidden files and subfolders are skipped. Files "
                "that end in `.gz` or `.zst` are decompressed as they are read."));
    path.required = true;
    return path;
}

std::vector<ParamSpec> paceParams() {
    ParamSpec follow =
        makeParam("follow", ParamKind::Boolean, RW_TEXT("file_source", "Follow"),
                  RW_TEXT("file_source",
                          "At the end of the last file, wait for more. A truncated, rewritten or replaced "
                          "file is read from its new start. Compressed files can't be followed."),
                  false);
    follow.section = RW_TEXT("file_source", "Pace");
    ParamSpec late =
        makeParam("late_files", ParamKind::Choice, RW_TEXT("file_source", "Files that come late"),
                  RW_TEXT("file_source",
                          "Of a folder that is followed: what is done with a file that comes when one with a "
                          "later name has "
                          "been begun. `ask` names it and reads nothing more until you choose, or the file "
                          "has a later name; "
                          "`read` reads it when the next new file comes, before that; `skip` leaves it out."),
                  "ask");
    late.choices = {{"ask", RW_TEXT("file_source", "Ask")},
                    {"read", RW_TEXT("file_source", "Read them before the next new one")},
                    {"skip", RW_TEXT("file_source", "Leave them out")}};
    late.appliesWhen = AppliesWhen{"follow", {"true"}};
    late.advanced = true;
    ParamSpec rate = makeParam("rate", ParamKind::Number, RW_TEXT("file_source", "Rate"),
                               RW_TEXT("file_source", "Rows per second. `0`: as fast as possible."), 0);
    rate.min = 0;
    rate.unit = RW_TEXT("file_source", "rows/s");
    ParamSpec replay = makeParam("replay_speed", ParamKind::Number, RW_TEXT("file_source", "Replay speed"),
                                 RW_TEXT("file_source",
                                         "The speed of event time. `1`: as fast as the event times, `60`: a "
                                         "minute of event time per second, `0`: regardless of event time."),
                                 0);
    replay.min = 0;
    return {std::move(follow), std::move(late), std::move(rate), std::move(replay)};
}

void bindFileSource(BindContext& context, const std::optional<Schema>& columns, BoundFileSource& bound) {
    FileReaderOptions& files = bound.files.files;
    files.path = context.path("path");
    files.follow = context.flag("follow");
    const std::string late = context.text("late_files");
    if (late == "read") files.earlier = FileReaderOptions::Earlier::Read;
    if (late == "skip") files.earlier = FileReaderOptions::Earlier::Skip;
    if (files.path == "-") {
        context.error(
            "path", RW_TEXT("file_source", "Standard input can't be read by this node."),
            RW_TEXT("file_source",
                    "Take the node “Standard input”, or give a file, a folder, or a pattern such as "
                    "data/*.csv."));
    }
    if (files.follow && compressionOf(files.path) != Compression::None) {
        context.error("follow",
                      RW_TEXT("file_source", "A compressed file can't be followed: it ends where it ends."),
                      RW_TEXT("file_source", "Switch “Follow” off, or read the file that is being written."));
    }
    if (!columns) return;
    const std::filesystem::path path(context.text("path"));
    bound.summary = RW_TEXT("file_source", "%1 · %2")
                        .with(path.has_filename() ? path.filename().native() : path.native(),
                              columnCount(columns->size()));
    bound.live = files.follow;
    bound.guarantee = {Guarantee::Promise::ExactlyOnce, Guarantee::Means::Position};
    bindTiming(context, *columns, bound);
    bound.outputs.push_back(sourceRejectedStream());
    bindPace(context, bound);
}

DecoderOptions decoderOptions(const BoundSource& bound, const MakeContext& context) {
    DecoderOptions options;
    options.schema = bound.outputs.front().schema;
    options.arrival = bound.timing.arrival;
    options.eventTime = bound.timing.eventTime;
    options.wanted = context.wanted;
    if (bound.timing.eventTime >= 0 && !options.wanted.empty())
        options.wanted[static_cast<std::size_t>(bound.timing.eventTime)] = true;
    options.nullOnError = context.nullOnError;
    options.batchRows = rowsOfBatch(*options.schema, context.batchRows);
    return options;
}

Made makeFileSource(const BoundFileSource& bound, const MakeContext& context,
                    std::unique_ptr<RowFormat> format) {
    FileSourceOptions options = bound.files;
    options.clock = context.clock;
    options.files.files = context.files;
    auto source = std::make_unique<FileSource>(std::move(options), std::move(format));
    setTiming(*source, bound);
    return Made(std::move(source));
}

std::string inputPathOf(const Json& params, const std::string& folder) {
    const auto path = params.find("path");
    const bool given = path != params.end() && path->is_string();
    const std::filesystem::path whole =
        std::filesystem::path(folder) / (given ? path->get<std::string>() : std::string());
    return whole.lexically_normal().native();
}

std::vector<std::string> writeColumnDefs(const Schema& schema) {
    std::vector<std::string> columns;
    for (const Field& field : schema.fields) columns.push_back(writeColumnDef(field));
    return columns;
}

}  // namespace rw
