#include "tests/house/seam_rules.h"

#include <QRegularExpression>
#include <vector>

namespace rw::house {

namespace {

struct Rule {
    QString name;
    QRegularExpression words;
    QString instead;
    QStringList edge;  ///< files, from core/, that are the face's own inside or never run in a run
};

const std::vector<Rule>& rules() {
    static const QString kSystem = QStringLiteral(
        "open|openat|creat|stat|lstat|fstat|access|rename|unlink|mkdir|rmdir|fsync|fdatasync|ftruncate|"
        "readlink|opendir|glob|flock|fcntl|poll|select|read|pread|write|pwrite|statvfs");
    static const QString kFilesystem = QStringLiteral(
        "exists|is_\\w+|file_size|status|symlink_status|create_\\w+|remove|remove_all|rename|copy|copy_\\w+|"
        "directory_iterator|recursive_directory_iterator|canonical|weakly_canonical|read_symlink|absolute|"
        "current_path|last_write_time|temp_directory_path|resize_file|permissions|space");
    static const std::vector<Rule> kRules{
        {QStringLiteral("time"),
         QRegularExpression(QStringLiteral(
             "\\b(sleep_for|sleep_until|usleep|nanosleep|steady_clock|system_clock|high_resolution_clock|"
             "clock_gettime|gettimeofday|wait_for|wait_until)\\b|\\btime\\((nullptr|NULL|0)\\)")),
         QStringLiteral("the run's Clock"),
         {QStringLiteral("base/time.cpp"), QStringLiteral("runtime/metrics/stopwatch.h"),
          QStringLiteral("connect/journal/journal.cpp"),      // for messages of other threads
          QStringLiteral("connect/alerts/alert_outbox.cpp"),  // a run never waits for it
          QStringLiteral("runtime/executors/blocking_lane.h"),
          QStringLiteral("runtime/executors/pool_executor.cpp"),
          QStringLiteral("runtime/executors/seeded_executor.cpp"),
          QStringLiteral("runtime/run_lifecycle.cpp"), QStringLiteral("runtime/supervisor.cpp"),
          QStringLiteral("sql/eval/apart.cpp"),
          QStringLiteral("look/look_turn.cpp"),                // before a look begins
          QStringLiteral("connect/kafka/kafka_client.cpp")}},  // at the end of the program
        {QStringLiteral("threads"),
         QRegularExpression(QStringLiteral(
             "\\bstd::(j?thread\\b(?!::hardware_concurrency)|async\\b)|\\bpthread_create\\b|\\bfork\\(")),
         QStringLiteral("the run's Executor"),
         // the second: what an expression gives is the same on any thread; the third: ends a client; the
         // last ones: answers those who send requests, and tells others of alerts
         {QStringLiteral("runtime/executors/pool_executor.cpp"), QStringLiteral("sql/eval/apart.cpp"),
          QStringLiteral("connect/kafka/kafka_client.cpp"), QStringLiteral("connect/web/webhook_server.cpp"),
          QStringLiteral("connect/alerts/alert_outbox.cpp"),
          QStringLiteral("connect/databases/lock_watch.cpp"),  // asks while its caller is held up
          QStringLiteral("look/look_turn.cpp")}},              // a look gives way to all else
        {QStringLiteral("chance"),
         QRegularExpression(QStringLiteral("\\b(random_device|getrandom|s?rand\\()")),
         QStringLiteral("a seed of RunOptions or of the pipeline"),
         {QStringLiteral("launch/launch.cpp"),    // the name of a lineage
          QStringLiteral("listen/listen.cpp")}},  // that by which brokers know who listens
        {QStringLiteral("files"),
         QRegularExpression(
             QStringLiteral("\\b(fopen|[io]?fstream|sqlite3_open\\w*|SQLite::Database (?!&)\\w+\\(|"
                            "make_unique<SQLite::Database>)|(?<![\\w>])::(%1)\\(|\\b(filesystem|fs)::(%2)\\b")
                 .arg(kSystem, kFilesystem)),
         QStringLiteral("the run's Files or OutputFiles"),
         {QStringLiteral("base/system_calls.h"), QStringLiteral("connect/files/pinned_folder.cpp"),
          QStringLiteral("base/whole_file.cpp"),       // never in a run: lists, records, pipelines
          QStringLiteral("history/version_list.cpp"),  // nor the versions of a pipeline
          QStringLiteral("listen/heard_store.cpp"),    // nor what was heard before it
          QStringLiteral("connect/files/agreed_files.cpp"), QStringLiteral("connect/files/system_files.cpp"),
          QStringLiteral("connect/files/system_output_files.cpp"),
          QStringLiteral("connect/files/output_lock.cpp"),
          QStringLiteral("connect/journald/log_reader.cpp"),  // a folder, or a file, that libsystemd opens
          QStringLiteral("connect/sqlite/session.cpp"),       // opens what OutputFiles::database() says
          // before a run, and for those who look at its results
          QStringLiteral("connect/sqlite/file.cpp"), QStringLiteral("connect/sqlite/browser.cpp"),
          QStringLiteral("connect/sqlite/look.cpp"), QStringLiteral("pipeline/file_reach.cpp"),
          QStringLiteral("connect/sqlite/table_copy.cpp"), QStringLiteral("connect/sqlite/kept_results.cpp"),
          QStringLiteral("connect/sqlite/reading.h"), QStringLiteral("connect/sqlite/table_state.cpp"),
          QStringLiteral("tape/rolling/rolling_folder.cpp"),
          QStringLiteral("launch/checkpoint_locations.cpp"), QStringLiteral("launch/launch.cpp"),
          QStringLiteral("state/saved_checkpoints.cpp"), QStringLiteral("state/damaged_file.cpp"),
          QStringLiteral("state/damaged_file.h"), QStringLiteral("pipeline/access.cpp"),
          QStringLiteral("pipeline/file_identity.cpp"), QStringLiteral("pipeline/json/json_file.cpp"),
          QStringLiteral("pipeline/checks/param_check.cpp"), QStringLiteral("pipeline/checks/path_check.cpp"),
          QStringLiteral("pipeline/subflow_files.cpp"), QStringLiteral("pipeline/used_paths.cpp")}}};
    return kRules;
}

QString withoutComment(const QString& line) {
    const qsizetype comment = line.indexOf(QLatin1String("//"));
    return comment < 0 ? line : line.left(comment);
}

QString entry(const QString& file, const Rule& rule) {
    return QStringLiteral("core/%1: %2").arg(file, rule.name);
}

}  // namespace

// Nothing of core/cluster is in a run here: it waits for networks and other programs, on threads of its own,
// by core/net and core/process; core/python starts processes of its own. Nor is the work of core/compare
// around its runs: it copies sources for clusters.
QString pastTheSeams(const QString& path, const QString& line) {
    for (const char* outside :
         {"core/cluster/", "core/compare/", "core/net/", "core/process/", "core/python/"})
        if (path.startsWith(QLatin1String(outside))) return {};
    for (const Rule& rule : rules()) {
        const auto found = rule.words.match(withoutComment(line));
        if (found.hasMatch() && !rule.edge.contains(path.section(QLatin1Char('/'), 1)))
            return QStringLiteral("“%1”: use %2").arg(found.captured().trimmed(), rule.instead);
    }
    return {};
}

QStringList filesAtTheEdge() {
    QStringList all;
    for (const Rule& rule : rules()) {
        for (const QString& file : rule.edge) all << entry(file, rule);
    }
    return all;
}

QStringList edgesThatAllow(const QString& path, const QString& line) {
    QStringList used;
    const QString file = path.section(QLatin1Char('/'), 1);
    for (const Rule& rule : rules()) {
        if (rule.edge.contains(file) && rule.words.match(withoutComment(line)).hasMatch())
            used << entry(file, rule);
    }
    return used;
}

}  // namespace rw::house
