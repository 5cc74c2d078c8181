// sqlite_sink: rows into a table of an SQLite file.
#include <filesystem>

#include "core/base/ascii.h"
#include "core/connect/files/system_output_files.h"
#include "core/connect/sqlite/table_state.h"
#include "core/connect/sqlite/writer.h"
#include "core/nodes/table_key.h"
#include "core/pipeline/bind_checks.h"
#include "core/stream/sink.h"
#include "core/stream/source.h"

namespace rw {

namespace {

class BoundSqlite final : public BoundNode {
 public:
    SqliteTarget target;
};

class SqliteSink final : public Sink {
 public:
    SqliteSink(const SqliteTarget& target, const MakeContext& context)
        : m_target(target),
          m_home(context.folder),
          m_files(outputFilesOr(context.outputs)),
          m_writer(target, context) {}

    bool blocking() const override { return true; }
    bool isTransactional() const override { return m_writer.isTransactional(); }
    Status open() override {
        const auto folder = std::filesystem::path(m_target.path).parent_path();
        if (folder == std::filesystem::path(m_home)) m_files->makeFolder(folder.native());
        RW_TRY(checkSqlitePath(*m_files, m_target.path, m_home));
        return m_writer.open();
    }
    Status onBatch(const Batch& batch) override { return m_writer.write(batch); }
    Status onIdle() override { return m_writer.flush(); }
    Status onEnd() override { return m_writer.flush(); }
    void setLast() override {
        m_last = true;
        m_writer.setLast();
    }
    Status prepare(Epoch epoch) override { return m_writer.prepare(epoch); }
    Status commit(Epoch epoch) override {
        m_over = m_last || !isTransactional();
        return m_writer.commit(epoch);
    }
    void abort() override {
        m_over = true;
        m_writer.abort();
    }
    bool hasVisibleOutput() const override { return m_writer.hasVisibleOutput(); }
    void close() override { m_writer.close(); }
    Status snapshot(StateWriter& out) const override {
        m_writer.snapshot(out);
        return {};
    }
    Status restore(const StateReader& state) override { return m_writer.restore(state); }
    std::vector<Text> takeNotes() override {
        std::vector<Text> notes = m_writer.takeNotes();
        if (!std::exchange(m_over, false) || m_writer.nanCount() == 0) return notes;
        notes.push_back(RW_TEXT("sqlite_sink", "SQLite stores NaN as NULL; so many values of table “%2”: %1.")
                            .with(m_writer.nanCount(), m_target.table));
        return notes;
    }

 private:
    const SqliteTarget& m_target;
    const std::string m_home;
    const std::shared_ptr<OutputFiles> m_files;
    SqliteWriter m_writer;
    bool m_last = false;
    bool m_over = false;  ///< the notes for the end were not taken yet
};

SqliteTarget::Mode modeOf(const std::string& name) {
    if (name == "append") return SqliteTarget::Mode::Append;
    return name == "upsert" ? SqliteTarget::Mode::Upsert : SqliteTarget::Mode::Replace;
}

void checkNames(BindContext& context, const SqliteTarget& target) {
    if (sameAsciiWord(std::string_view(target.table).substr(0, 7), "sqlite_")) {
        context.error("table", RW_TEXT("sqlite_sink", "Names that begin with “sqlite_” belong to SQLite."),
                      RW_TEXT("sqlite_sink", "Choose another table name."));
    }
    if (isOwnTable(target.table)) {
        context.error(
            "table",
            RW_TEXT("sqlite_sink", "Names that begin with “%1” belong to this program.").with(kSqliteOwn),
            RW_TEXT("sqlite_sink", "Choose another table name."));
    }
    if (target.table.find('\0') != std::string::npos) {
        context.error("table", RW_TEXT("sqlite_sink", "The table name holds a NUL character."));
    }
    const auto& fields = target.schema->fields;
    for (std::size_t i = 0; i < fields.size(); ++i) {
        for (std::size_t j = 0; j < i; ++j) {
            if (!sameAsciiWord(fields[i].name, fields[j].name)) continue;
            context.error({},
                          RW_TEXT("sqlite_sink", "SQLite takes “%1” and “%2” for the same column.")
                              .with(fields[j].name, fields[i].name),
                          RW_TEXT("sqlite_sink", "Rename one of them before this node."));
        }
    }
}

/// A name that no table of the file has, as far as the first hundred show.
QuickFix useNewTable(const BindContext& context, const SqliteTarget& target) {
    std::string name;
    constexpr int kMostTried = 100;  // each opens the file
    for (int number = 2; name.empty(); ++number) {
        const std::string tried = target.table + "_" + std::to_string(number);
        const auto found = describeTable(target.path, tried);
        if (!found.ok() || !found->exists || number > kMostTried) name = tried;
    }
    QuickFix fix = replaceParam(context, "table", -1, name);
    fix.label = RW_TEXT("sqlite_sink", "Write to a new table “%1”").with(name);
    return fix;
}

/// Checks the file as it is now; a file that can't be looked into now is left to the run.
void checkFile(const BoundNode& bound, BindContext& context) {
    const SqliteTarget& target = static_cast<const BoundSqlite&>(bound).target;
    if (const Status path = checkSqliteFile(target.path, context.folder()); !path.ok()) {
        context.error("database", path.error().message, path.error().fix);
        return;
    }
    const auto found = describeTable(target.path, target.table);
    if (!found.ok()) return;
    std::vector<std::string> key;
    for (const int column : target.key)
        key.push_back(target.schema->fields[static_cast<std::size_t>(column)].name);
    const Status status = fits(*found, target.table, *target.schema, key);
    if (status.ok()) return;
    // The checkpoint says whether the table goes on: a run from the beginning finds this again when it
    // begins.
    if (found->ofRun && fits(widened(*found, *target.schema), target.table, *target.schema, key).ok()) {
        context.issue(Severity::Warning, "table", status.error().message,
                      RW_TEXT("sqlite_sink",
                              "A run that resumes goes on with the table: it adds a column that "
                              "is missing, and leaves others NULL. A run from the beginning "
                              "needs another table name, or the mode replace."));
        return;
    }
    if (target.mode == SqliteTarget::Mode::Replace && !found->view) {
        context.issue(Severity::Warning, "table", status.error().message,
                      RW_TEXT("sqlite_sink", "The run makes the table anew."));
        return;
    }
    Issue& issue = context.error("table", status.error().message, status.error().fix);
    issue.quickFixes.push_back(useNewTable(context, target));
}

BoundNodeRef bindSqlite(BindContext& context) {
    auto bound = std::make_shared<BoundSqlite>();
    SqliteTarget& target = bound->target;
    target.path = context.path("database");
    target.table = context.text("table");
    target.mode = modeOf(context.text("mode"));
    target.schema = context.input().schema;
    if (target.path == "-") {
        context.error("database", RW_TEXT("sqlite_sink", "A database can't be written to standard output."),
                      RW_TEXT("sqlite_sink", "Choose a file."));
    }
    target.key = bindTableKey(context);
    checkNames(context, target);
    bound->keepsCheckpoints = target.path;
    const bool upsert = target.mode == SqliteTarget::Mode::Upsert;
    bound->stores = StoredTable{target.path, {}, {}, target.table, upsert};
    bound->guarantee = {Guarantee::Promise::ExactlyOnce,
                        upsert ? Guarantee::Means::ByKey : Guarantee::Means::Transaction,
                        // A run that begins anew adds its rows to those of the one before.
                        target.mode == SqliteTarget::Mode::Append ? Guarantee::Promise::AtLeastOnce
                                                                  : Guarantee::Promise::ExactlyOnce};
    bound->distribution.kind = Distribution::Kind::Single;
    bound->summary = RW_TEXT("sqlite_sink", "%1 · %2").with(target.table, context.choice("mode"));
    return context.failed() ? nullptr : bound;
}

Result<Made> makeSqlite(const BoundNode& bound, const MakeContext& context) {
    return Made(std::make_unique<SqliteSink>(static_cast<const BoundSqlite&>(bound).target, context));
}

}  // namespace

NodeKind sqlite_sinkKind() {
    NodeKind kind;
    kind.type = "sqlite_sink";
    kind.group = NodeGroup::Sink;
    kind.name = RW_TEXT("sqlite_sink", "SQLite");
    kind.palette = {{kind.name, RW_TEXT("sqlite_sink", "Append or upsert to a file"), "sqlite_sink"}};
    kind.inputs = {{"in", RW_TEXT("node", "rows")}};
    ParamSpec database =
        makeParam("database", ParamKind::OutputPath, RW_TEXT("sqlite_sink", "Database"),
                  RW_TEXT("sqlite_sink", "The SQLite file. It is created if it does not exist."));
    database.required = true;
    database.part = "table";
    database.partState = sqliteTableState;
    database.adds = AppliesWhen{"mode", {"append"}};
    database.keeps = AppliesWhen{"mode", {"append", "upsert"}};
    ParamSpec table = makeParam(
        "table", ParamKind::String, RW_TEXT("sqlite_sink", "Table"),
        RW_TEXT("sqlite_sink",
                "The table that the rows are written to. Any name is allowed, including keywords."));
    table.required = true;
    ParamSpec mode = makeParam(
        "mode", ParamKind::Choice, RW_TEXT("sqlite_sink", "Mode"),
        RW_TEXT("sqlite_sink",
                "`replace`: the rows of the run replace the old ones, at its end if it ends by itself. "
                "`append`: rows are added. `upsert`: a row replaces the one with the same key."));
    mode.defaultValue = "replace";
    mode.choices = {{"replace", RW_TEXT("sqlite_sink", "Replace")},
                    {"append", RW_TEXT("sqlite_sink", "Append")},
                    {"upsert", RW_TEXT("sqlite_sink", "Upsert")}};
    ParamSpec key = makeParam(
        "key", ParamKind::ColumnNames, RW_TEXT("sqlite_sink", "Key"),
        RW_TEXT("sqlite_sink",
                "With `upsert`: the columns that identify a row. Empty: the key of the changing rows."));
    key.appliesWhen = AppliesWhen{"mode", {"upsert"}};
    kind.params = {std::move(database), std::move(table), std::move(mode), std::move(key)};
    kind.bind = bindSqlite;
    kind.checkFiles = checkFile;
    kind.make = makeSqlite;
    return kind;
}

}  // namespace rw
