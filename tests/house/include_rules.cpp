#include "tests/house/include_rules.h"

#include <QDir>
#include <QFileInfo>
#include <QMap>
#include <QRegularExpression>
#include <QStringList>

#include "tests/house/checkout.h"

namespace rw::house {

namespace {

/// For each room of core the rooms that it may look down on; every room may see itself.
const QMap<QString, QStringList>& below() {
    static const QStringList world{"secrets", "net",
                                   "process"};  // the outside world, below all that connects to it
    static const QStringList data{"base"};
    static const QStringList sql = data + QStringList{"data"};
    static const QStringList pipeline = sql + QStringList{"sql"};
    static const QStringList overPipeline = pipeline + QStringList{"pipeline"};
    static const QStringList stream = overPipeline + QStringList{"store"};
    static const QStringList overStream = stream + QStringList{"stream"};
    static const QStringList forecast{"forecast"};
    static const QStringList rows{"connect",  "views", "learn",
                                  "patterns", "score", "python"};  // what node types are made of
    static const QMap<QString, QStringList> rooms{
        {"base", {}},
        {"secrets", {"base"}},
        {"net", {"base", "secrets"}},
        {"process", {"base"}},
        {"data", data},
        {"sql", sql},
        {"pipeline", pipeline},
        {"store", sql},
        {"history", overPipeline},
        {"forecast", overPipeline},
        {"stream", stream},
        {"connect", overStream + world},
        {"views", overStream},
        {"learn", overStream},
        {"state", overStream + forecast + QStringList{"connect"}},
        {"tape", overStream + QStringList{"connect"}},
        {"runtime", overStream + forecast},
        {"launch", overStream + forecast + QStringList{"connect", "state", "tape", "runtime"}},
        {"lineage", overStream + forecast +
                        QStringList{"connect", "state", "tape", "runtime", "look", "launch", "diagnose"}},
        {"what_if",
         overStream + forecast + QStringList{"connect", "state", "tape", "runtime", "look", "launch"}},
        {"query", overStream + QStringList{"connect"}},
        {"diagnose", overStream + QStringList{"runtime"}},
        {"pipeline_tests", overStream + forecast + QStringList{"connect", "runtime"}},
        {"look", overStream + QStringList{"connect", "runtime"}},
        {"listen", overStream + forecast + QStringList{"connect", "runtime", "tape", "look"}},
        {"patterns", overStream},
        {"score", overStream},
        {"python", overStream + QStringList{"process"}},
        {"nodes", overStream + rows},
        {"superset", overStream + world + rows + QStringList{"nodes"}},
        {"deploy", overStream + forecast + rows + QStringList{"nodes"}},
        {"cluster", overStream + forecast + world + rows + QStringList{"nodes", "deploy"}},
        {"compare", overStream + forecast + world + rows +
                        QStringList{"nodes", "deploy", "cluster", "runtime", "look", "pipeline_tests"}}};
    return rooms;
}

/// For each part of a room that has parts, those of the same room that it may include; "" is the files of
/// the room itself.
const QMap<QString, QMap<QString, QStringList>>& partsBelow() {
    static const QStringList parse{""};
    static const QStringList functions = parse + QStringList{"parse", "eval"};
    static const QStringList bind = functions + QStringList{"functions"};
    static const QMap<QString, QStringList> sql{{"", {}},        {"parse", parse},
                                                {"eval", parse}, {"functions", functions},
                                                {"bind", bind},  {"aggregates", bind + QStringList{"bind"}}};
    static const QStringList bytes{"messages", "files"};
    static const QStringList overJson = bytes + QStringList{"ndjson"};
    static const QStringList overFormats = overJson + QStringList{"csv", "avro", "connections"};
    static const QMap<QString, QStringList> connect{
        {"messages", {}},
        {"files", {"messages"}},
        {"csv", bytes},
        {"ndjson", bytes},
        {"sqlite", bytes},
        {"machine", bytes},
        {"journald", bytes},
        {"connections", {}},
        {"avro", overJson},
        {"formats", overFormats},
        {"kafka", bytes + QStringList{"connections", "formats", "avro"}},
        {"databases", {"connections"}},
        {"postgresql", {"connections", "databases"}},
        {"mariadb", {"connections", "databases"}},
        {"tables", {"messages", "connections", "databases", "postgresql", "mariadb"}},
        {"sql", {"connections", "databases", "postgresql", "mariadb"}},
        {"journal", bytes + QStringList{"connections", "formats", "avro"}},
        {"mqtt", bytes + QStringList{"connections", "formats", "journal"}},
        {"sockets", bytes + QStringList{"connections", "formats", "journal"}},
        {"web", bytes + QStringList{"connections", "formats", "journal"}},
        {"hadoop", bytes + QStringList{"connections", "formats", "web"}},
        {"alerts", {"connections", "web"}}};
    static const QStringList written{"", "dialect"};
    static const QMap<QString, QStringList> deploy{
        {"", {"dialect", "flink", "spark"}}, {"dialect", {""}}, {"flink", written}, {"spark", written}};
    static const QStringList overKeys{"", "keys"};
    static const QStringList overRows = overKeys + QStringList{"rows"};
    static const QStringList overAggregates = overRows + QStringList{"aggregates"};
    static const QStringList overWindows = overAggregates + QStringList{"windows"};
    static const QStringList overJoins = overWindows + QStringList{"joins"};
    static const QMap<QString, QStringList> stream{
        {"", {}},
        {"keys", {""}},
        {"rows", overKeys},
        {"aggregates", overRows},
        {"windows", overAggregates},
        {"joins", overWindows},
        {"waiting", overRows},
        {"lookups", overJoins + QStringList{"waiting"}},
        {"recording", overJoins + QStringList{"lookups", "waiting"}},
        {"alerts", overJoins + QStringList{"lookups", "waiting", "recording"}},
        {"ranks", overRows},
        {"frames", overAggregates},
        {"paged", overRows},
        {"lineage", overJoins + QStringList{"joins", "waiting", "ranks", "frames"}}};
    static const QStringList overFlink{"", "flink"};
    static const QStringList overJobs{"", "flink", "layout", "plans", "jobs"};
    static const QMap<QString, QStringList> cluster{{"", {}},
                                                    {"flink", {""}},
                                                    {"layout", overFlink},
                                                    {"plans", overFlink},
                                                    {"jobs", overJobs},
                                                    {"spark", overJobs},
                                                    {"targets", overJobs + QStringList{"spark"}}};
    static const QMap<QString, QStringList> runtime{
        {"metrics", {}},
        {"executors", {"metrics"}},
        {"planning", {"metrics"}},
        {"requests", {"planning"}},
        {"stepping", {"planning"}},
        {"checkpoints", {}},
        {"", {"metrics", "executors", "planning", "requests", "stepping", "checkpoints"}}};
    static const QMap<QString, QStringList> nodes{
        {"", {}}, {"sources", {""}}, {"charts", {""}}, {"learning", {""}}, {"hadoop", {"", "sources"}}};
    static const QMap<QString, QStringList> tape{{"", {}}, {"rolling", {""}}};
    static const QMap<QString, QStringList> state{{"carried", {}}, {"", {"carried"}}};
    static const QMap<QString, QStringList> learn{{"models", {}}, {"", {"models"}}};
    static const QMap<QString, QStringList> pipeline{{"", {"json", "checks"}},     {"json", {""}},
                                                     {"checks", {"", "json"}},     {"merging", {"", "json"}},
                                                     {"renaming", {"", "checks"}}, {"grouping", {""}}};
    static const QMap<QString, QMap<QString, QStringList>> parts{
        {"sql", sql},         {"connect", connect}, {"deploy", deploy}, {"stream", stream},
        {"cluster", cluster}, {"runtime", runtime}, {"nodes", nodes},   {"pipeline", pipeline},
        {"learn", learn},     {"tape", tape},       {"state", state}};
    return parts;
}

/// The rooms of widgets that all others there may use, each with those that it may use itself. A room that is
/// not here is a feature, or a part of the window, and keeps to itself.
const QMap<QString, QStringList>& sharedWidgets() {
    static const QStringList document{"theme", "background"};
    static const QStringList session = document + QStringList{"document"};
    static const QStringList pane = session + QStringList{"session", "secrets"};
    static const QMap<QString, QStringList> rooms{
        {"theme", {}},          {"secrets", session}, {"background", {}},
        {"document", document}, {"session", session}, {"pane", pane},
        {"editor", session},    {"charts", pane},     {"issues", session + QStringList{"session"}}};
    return rooms;
}

bool isQt(const QString& header) {
    static const QRegularExpression pattern(
        QStringLiteral("^Q[A-Z][A-Za-z]*(/|$)|^Qt[A-Z][A-Za-z]*/|^q[a-z]+\\.h$"));
    return pattern.match(header).hasMatch();
}

bool isQtCharts(const QString& header) {
    if (header.startsWith(QLatin1String("QtCharts"))) return true;
    return QFileInfo::exists(QDir(QStringLiteral(QT_CHARTS_HEADERS)).filePath(header));
}

QString libraryBreach(const QString& path, const QString& header) {
    if (path.startsWith(QLatin1String("core/")) && isQt(header))
        return QStringLiteral("core is without Qt, but includes <%1>").arg(header);
    const bool ours = path.startsWith(QLatin1String("app/")) || path.startsWith(QLatin1String("widgets/"));
    if (ours && isQtCharts(header) && room(path) != QLatin1String("widgets/charts"))
        return QStringLiteral("only widgets/charts includes Qt Charts, not <%1>").arg(header);
    return {};
}

QString coreBreach(const QString& from, const QString& to) {
    if (!to.startsWith(QLatin1String("core"))) return QStringLiteral("core looks up to %1").arg(to);
    const QString own = from.section(QLatin1Char('/'), 1);
    const QString other = to.section(QLatin1Char('/'), 1);
    if (!below().contains(own)) return QStringLiteral("core has no room %1").arg(own);
    return own == other || below()[own].contains(other)
               ? QString()
               : QStringLiteral("core/%1 does not look at core/%2").arg(own, other);
}

/// "bind" of "core/sql/bind/binder.h", "" of "core/sql/bound.h".
QString partOf(const QString& path) {
    const QStringList folders = path.split(QLatin1Char('/'));
    return folders.size() > 3 ? folders[2] : QString();
}

/// Inside one room of core.
QString partBreach(const QString& inside, const QString& path, const QString& target) {
    const QString name = inside.section(QLatin1Char('/'), 1);
    const auto parts = partsBelow().constFind(name);
    const QString from = partOf(path);
    const QString to = partOf(target);
    if (parts == partsBelow().cend())
        return from.isEmpty() && to.isEmpty() ? QString() : QStringLiteral("%1 has no parts").arg(inside);
    if (!parts->contains(from)) return QStringLiteral("%1 has no part “%2”").arg(inside, from);
    return from == to || (*parts)[from].contains(to)
               ? QString()
               : QStringLiteral("in %1 “%2” does not look at “%3”").arg(inside, from, to);
}

QString widgetsBreach(const QString& from, const QString& to) {
    if (to == QLatin1String("core/nodes")) return QStringLiteral("the catalogue is handed to widgets by app");
    if (to.startsWith(QLatin1String("core")) || to == from) return {};
    const QString own = from.section(QLatin1Char('/'), 1);
    const QString other = to.section(QLatin1Char('/'), 1);
    const auto shared = sharedWidgets().constFind(own);
    const bool allowed =
        shared == sharedWidgets().cend() ? sharedWidgets().contains(other) : shared->contains(other);
    return allowed ? QString() : QStringLiteral("%1 does not look at %2").arg(from, to);
}

}  // namespace

Include includeOf(const QString& line) {
    static const QRegularExpression pattern(QStringLiteral("^\\s*#\\s*include\\s*([\"<])([^\">]+)[\">]"));
    const auto match = pattern.match(line);
    if (!match.hasMatch()) return {};
    return {match.captured(2), match.captured(1) == QLatin1String("\"")};
}

QString breach(const QString& path, const Include& include) {
    if (!include.quoted) return libraryBreach(path, include.target);
    if (include.target.endsWith(QLatin1String(".moc"))) return {};
    if (!QFileInfo::exists(QDir(top()).filePath(include.target)))
        return QStringLiteral("includes are written from the project's top, but there is no %1")
            .arg(include.target);
    const QString from = room(path);
    const QString to = room(include.target);
    if (from == QLatin1String("tests") || from == QLatin1String("app"))
        return to == QLatin1String("tests") && from == QLatin1String("app")
                   ? QStringLiteral("app looks at tests")
                   : QString();
    if (!from.startsWith(QLatin1String("core"))) return widgetsBreach(from, to);
    const QString between = coreBreach(from, to);
    return between.isEmpty() && from == to ? partBreach(from, path, include.target) : between;
}

}  // namespace rw::house
