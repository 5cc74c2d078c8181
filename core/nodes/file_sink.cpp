#include "core/nodes/file_sink.h"

#include <filesystem>

#include "core/connect/files/file_output.h"
#include "core/connect/files/system_output_files.h"
#include "core/stream/sink.h"

namespace rw {

namespace {

class FileSink final : public Sink {
 public:
    FileSink(const BoundFileSink& bound, const MakeContext& context, RowsAsText rows)
        : m_bound(bound),
          m_rows(std::move(rows)),
          m_output(bound.path, context.bounded ? FileOutput::Placing::Staged : FileOutput::Placing::InPlace,
                   {context.outputs, context.clock, context.stopping}),
          m_files(outputFilesOr(context.outputs)) {}

    bool blocking() const override { return true; }
    Status open() override {
        if (m_bound.homely) m_files->makeFolder(std::filesystem::path(m_bound.path).parent_path().native());
        m_output.setHead(m_rows.head);
        return m_output.open();
    }
    Status onBatch(const Batch& batch) override {
        m_rows.append(m_output.buffer(), batch);
        return m_output.flushIfLarge();
    }
    // Once per pause in the input, so that one can watch the file grow.
    Status onIdle() override { return m_output.show(); }
    Status onEnd() override { return m_output.flush(); }
    Status prepare(Epoch) override { return m_output.prepare(); }
    Status commit(Epoch) override { return m_output.commit(); }
    void abort() override { m_output.abort(); }
    bool leavesRows() const override { return m_output.leavesRows(); }
    std::vector<Text> takeNotes() override { return m_output.takeNotes(); }

 private:
    const BoundFileSink& m_bound;
    const RowsAsText m_rows;
    FileOutput m_output;
    const std::shared_ptr<OutputFiles> m_files;
};

}  // namespace

ParamSpec outputPathParam() {
    ParamSpec path = makeParam(
        "path", ParamKind::OutputPath, RW_TEXT("file_sink", "Path"),
        RW_TEXT("file_sink", "The file to write; what it held is replaced. “-” is standard output."));
    path.required = true;
    return path;
}

void bindFileSink(BindContext& context, BoundFileSink& bound) {
    const StreamType& input = context.input();
    bound.path = context.path("path");
    bound.schema = input.schema;
    bound.updating = input.updating;
    bound.distribution.kind = Distribution::Kind::Single;
    const std::filesystem::path path(bound.path), folder(context.folder());
    bound.homely = path.parent_path() == folder.lexically_normal();
    if (input.updating && input.schema->find("op")) {
        context.error("path",
                      RW_TEXT("file_sink",
                              "The changing rows have a column “op”, the name of the column that "
                              "says what a row does."),
                      RW_TEXT("file_sink", "Rename that column before this node."));
    }
    bound.summary = bound.path == "-" ? RW_TEXT("file_sink", "to standard output")
                                      : RW_TEXT("file_sink", "to %1").with(path.filename().native());
}

void checkFileFolder(const BoundNode& node, BindContext& context) {
    const auto& bound = static_cast<const BoundFileSink&>(node);
    if (bound.path == "-" || bound.homely) return;
    const Status status = checkOutputFolder(bound.path);
    if (!status.ok()) context.error("path", status.error().message, status.error().fix);
}

std::unique_ptr<Sink> makeFileSink(const BoundFileSink& bound, const MakeContext& context, RowsAsText rows) {
    return std::make_unique<FileSink>(bound, context, std::move(rows));
}

}  // namespace rw
