// csv_sink: rows into a CSV file or to standard output.
#include <filesystem>

#include "core/connect/csv/writer.h"
#include "core/connect/files/file_output.h"
#include "core/connect/files/system_output_files.h"
#include "core/pipeline/node_kind.h"
#include "core/stream/sink.h"
#include "core/stream/source.h"

namespace rw {

namespace {

class BoundCsvSink final : public BoundNode {
 public:
    std::string path{};
    bool header = true;
    bool homely = false;  ///< lies in the pipeline's own folder, which is made when it is not there
    SchemaRef schema{};
    bool updating = false;
};

class CsvSink final : public Sink {
 public:
    CsvSink(const BoundCsvSink& bound, const MakeContext& context)
        : m_bound(bound),
          m_writer(CsvFormat{}, bound.updating),
          m_output(bound.path, context.bounded ? FileOutput::Placing::Staged : FileOutput::Placing::InPlace,
                   {context.outputs, context.clock, context.stopping}),
          m_files(outputFilesOr(context.outputs)) {}

    bool blocking() const override { return true; }
    Status open() override {
        if (m_bound.homely) m_files->makeFolder(std::filesystem::path(m_bound.path).parent_path().native());
        std::string header;
        if (m_bound.header) m_writer.appendHeader(header, *m_bound.schema);
        m_output.setHead(std::move(header));
        return m_output.open();
    }
    Status onBatch(const Batch& batch) override {
        m_writer.appendRows(m_output.buffer(), batch);
        return m_output.flushIfLarge();
    }
    // Once per pause in the input, so that one can watch the file grow.
    Status onIdle() override { return m_output.flush(); }
    Status onEnd() override { return m_output.flush(); }
    Status prepare(Epoch) override { return m_output.prepare(); }
    Status commit(Epoch) override { return m_output.commit(); }
    void abort() override { m_output.abort(); }
    std::vector<Text> takeNotes() override { return m_output.takeNotes(); }

 private:
    const BoundCsvSink& m_bound;
    CsvWriter m_writer;
    FileOutput m_output;
    const std::shared_ptr<OutputFiles> m_files;
};

BoundNodeRef bindCsvSink(BindContext& context) {
    auto bound = std::make_shared<BoundCsvSink>();
    const StreamType& input = context.input();
    bound->path = context.path("path");
    bound->header = context.flag("header");
    bound->schema = input.schema;
    bound->updating = input.updating;
    bound->distribution.kind = Distribution::Kind::Single;
    const std::filesystem::path path(bound->path), folder(context.folder());
    bound->homely = path.parent_path() == folder.lexically_normal();
    if (input.updating && input.schema->find("op")) {
        context.error("path",
                      RW_TEXT("csv_sink",
                              "The changing rows have a column “op”, the name of the column that "
                              "says what a row does."),
                      RW_TEXT("csv_sink", "Rename that column before this node."));
    }
    bound->summary = bound->path == "-" ? RW_TEXT("csv_sink", "to standard output")
                                        : RW_TEXT("csv_sink", "to %1").with(path.filename().native());
    return context.failed() ? nullptr : bound;
}

void checkCsvFolder(const BoundNode& node, BindContext& context) {
    const auto& bound = static_cast<const BoundCsvSink&>(node);
    if (bound.path == "-" || bound.homely) return;
    const Status status = checkOutputFolder(bound.path);
    if (!status.ok()) context.error("path", status.error().message, status.error().fix);
}

Result<Made> makeCsvSink(const BoundNode& bound, const MakeContext& context) {
    return Made(std::make_unique<CsvSink>(static_cast<const BoundCsvSink&>(bound), context));
}

}  // namespace

NodeKind csv_sinkKind() {
    NodeKind kind;
    kind.type = "csv_sink";
    kind.group = NodeGroup::Sink;
    kind.name = RW_TEXT("csv_sink", "CSV file");
    kind.palette = {{kind.name, RW_TEXT("csv_sink", "Write rows to a file"), "csv_sink"}};
    kind.inputs = {{"in", RW_TEXT("node", "rows")}};
    ParamSpec path = makeParam(
        "path", ParamKind::OutputPath, RW_TEXT("csv_sink", "Path"),
        RW_TEXT("csv_sink", "The file to write; what it held is replaced. “-” is standard output."));
    path.required = true;
    ParamSpec header =
        makeParam("header", ParamKind::Boolean, RW_TEXT("csv_sink", "Header"),
                  RW_TEXT("csv_sink", "Write the names of the columns as the first row."), true);
    kind.params = {std::move(path), std::move(header)};
    kind.bind = bindCsvSink;
    kind.checkFiles = checkCsvFolder;
    kind.make = makeCsvSink;
    return kind;
}

}  // namespace rw
