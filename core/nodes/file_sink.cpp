#include "core/nodes/file_sink.h"

#include <filesystem>
#include <utility>

#include "core/connect/files/epoch_file.h"
#include "core/connect/files/system_output_files.h"
#include "core/data/text.h"
#include "core/stream/sink.h"

namespace rw {

namespace {

/// The pipeline's own folder, where it is not there.
void makeHome(const BoundFileSink& bound, OutputFiles& files) {
    if (bound.homely) files.makeFolder(std::filesystem::path(bound.path).parent_path().native());
}

/// Of `batch`, as text.
std::vector<Sink::Unwritable> unwritable(const Batch& batch, const sql::RowErrors& errors) {
    std::vector<Sink::Unwritable> rows;
    for (const sql::RowError& error : errors) {
        const std::int64_t position = batch.positions.known() ? batch.positions.at(error.row) : -1;
        rows.push_back({rowText(batch, error.row), position, error.reason});
    }
    return rows;
}

/// Rows are written as they come; an output that can be replaced at the end is.
class FileSink final : public Sink {
 public:
    FileSink(const BoundFileSink& bound, const MakeContext& context, RowsAsText rows)
        : m_bound(bound),
          m_rows(std::move(rows)),
          m_output(std::make_unique<FileOutput>(
              bound.path, context.bounded ? FileOutput::Placing::Staged : FileOutput::Placing::InPlace,
              OutputMeans{context.outputs, context.clock, context.stopping})),
          m_files(outputFilesOr(context.outputs)),
          m_flows(!takesEpochs(*m_files, bound.path)),
          m_checkpointed(!context.checkpoints.empty()) {}

    bool blocking() const override { return true; }
    Status open() override {
        makeHome(m_bound, *m_files);
        if (!m_headWritten) m_output->setHead(m_rows.head);
        return m_output->open();
    }
    Status onBatch(const Batch& batch) override {
        m_unwritable = unwritable(batch, m_rows.append(m_output->buffer(), batch));
        return m_output->flushIfLarge();
    }
    std::vector<Unwritable> takeUnwritable() override { return std::exchange(m_unwritable, {}); }
    // Once per pause in the input, so that one can watch the file grow.
    Status onIdle() override { return m_output->show(); }
    Status onEnd() override { return m_output->flush(); }
    Status prepare(Epoch) override { return m_output->prepare(); }
    Status commit(Epoch) override { return m_output->commit(); }
    void abort() override { m_output->abort(); }
    bool hasVisibleOutput() const override { return m_output->hasVisibleOutput(); }
    // Rows that are still to be written would be lost with the program.
    Status snapshot(StateWriter& out) const override {
        if (!m_flows) return {};
        RW_TRY(m_output->flush());
        out.u64(kHead, 1);
        return {};
    }
    // Rows that went through a pipe can't be taken back: those before the checkpoint stay given.
    Status restore(const StateReader& state) override {
        if (m_flows && EpochFile::isIn(state)) {
            return {ErrorCode::Invalid,
                    RW_TEXT("file_sink", "“%1” was a file when the checkpoint was taken, and is none now.")
                        .with(m_bound.path),
                    RW_TEXT("file_sink", "Put the file back, or start the run anew.")};
        }
        RW_TRY_ASSIGN(const std::uint64_t head, state.u64(kHead, 0));
        m_headWritten = m_flows && head != 0;
        if (!m_flows || !m_checkpointed) return {};
        m_notes.push_back(RW_TEXT("file_sink",
                                  "What went to “%1” can't be undone: rows that it was given after the "
                                  "checkpoint come again.")
                              .with(m_bound.path));
        return {};
    }
    std::vector<Text> takeNotes() override {
        std::vector<Text> notes = std::exchange(m_notes, {});
        for (Text& note : m_output->takeNotes()) notes.push_back(std::move(note));
        return notes;
    }

 private:
    static constexpr const char* kHead = "head";
    const BoundFileSink& m_bound;
    const RowsAsText m_rows;
    const std::unique_ptr<FileOutput> m_output;
    const std::shared_ptr<OutputFiles> m_files;
    const bool m_flows;  ///< a pipe, a device, standard output
    const bool m_checkpointed;
    bool m_headWritten = false;  ///< by the run that this one resumes from
    std::vector<Text> m_notes;
    std::vector<Unwritable> m_unwritable{};
};

/// Rows are put in place once a checkpoint.
class EpochFileSink final : public Sink {
 public:
    EpochFileSink(const BoundFileSink& bound, const MakeContext& context, RowsAsText rows)
        : m_bound(bound),
          m_rows(std::move(rows)),
          m_files(outputFilesOr(context.outputs)),
          m_file({bound.path,
                  context.folder,
                  context.checkpoints + '/' + context.node,
                  m_rows.head,
                  context.bounded,
                  {context.outputs, context.clock, context.stopping}}) {}

    bool blocking() const override { return true; }
    bool isTransactional() const override { return true; }
    Status restore(const StateReader& state) override { return m_file.restore(state); }
    void setLast() override { m_file.setLast(); }
    Status open() override {
        makeHome(m_bound, *m_files);
        return m_file.open();
    }
    Status onBatch(const Batch& batch) override {
        m_unwritable = unwritable(batch, m_rows.append(m_file.buffer(), batch));
        return m_file.keepShort();
    }
    std::vector<Unwritable> takeUnwritable() override { return std::exchange(m_unwritable, {}); }
    Status prepare(Epoch epoch) override { return m_file.prepare(epoch); }
    Status snapshot(StateWriter& out) const override {
        m_file.snapshot(out);
        return {};
    }
    Status commit(Epoch) override { return m_file.commit(); }
    void abort() override { m_file.abort(); }
    void close() override { m_file.close(); }
    std::vector<Text> takeNotes() override { return m_file.takeNotes(); }

 private:
    const BoundFileSink& m_bound;
    const RowsAsText m_rows;
    const std::shared_ptr<OutputFiles> m_files;
    EpochFile m_file;
    std::vector<Unwritable> m_unwritable{};
};

}  // namespace

ParamSpec outputPathParam() {
    ParamSpec path = makeParam("path", ParamKind::OutputPath, RW_TEXT("file_sink", "Path"),
                               RW_TEXT("file_sink",
                                       "The file to write. Its folder must exist, and its previous contents "
                                       "are replaced. `-` is standard output."));
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
    if (bound.path == "-") {
        bound.guarantee.promise = Guarantee::Promise::AtLeastOnce;
    } else {  // a run that begins anew writes the file anew
        bound.guarantee = {Guarantee::Promise::ExactlyOnce, Guarantee::Means::Transaction,
                           Guarantee::Promise::ExactlyOnce};
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
    if (!context.checkpoints.empty() && takesEpochs(*outputFilesOr(context.outputs), bound.path))
        return std::make_unique<EpochFileSink>(bound, context, std::move(rows));
    return std::make_unique<FileSink>(bound, context, std::move(rows));
}

}  // namespace rw
