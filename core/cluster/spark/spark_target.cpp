#include "core/cluster/spark/spark_target.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "core/base/ascii.h"

namespace rw {

namespace {

std::vector<TargetField> fieldsOfSpark() {
    std::vector<TargetField> fields(3);
    TargetField* field = fields.data();
    field->name = "submit";
    field->place = +[](Target& target) -> std::string& { return target.spark.submit; };
    field->label = RW_TEXT("targets", "spark-submit");
    field->help = RW_TEXT("targets", "The program, found on PATH where it has no slash.");
    field->listed = true;
    ++field;
    field->name = "master";
    field->place = +[](Target& target) -> std::string& { return target.spark.master; };
    field->label = RW_TEXT("targets", "Master");
    field->help = RW_TEXT("targets", "local[*] is this computer.");
    field->listed = true;
    ++field;
    field->name = "options";
    field->place = +[](Target& target) -> std::vector<std::string>& { return target.spark.options; };
    field->label = RW_TEXT("targets", "Further options");
    field->help = RW_TEXT("targets", "One word a line: --conf, and below it what is set. No secrets.");
    field->optional = true;
    return fields;
}

/// “spark.authenticate.secret=…”, as one word or behind “--conf=”.
bool holdsSecret(std::string_view option) {
    constexpr std::string_view kConf = "--conf=";
    if (option.starts_with(kConf)) option.remove_prefix(kConf.size());
    const std::size_t equals = option.find('=');
    if (equals == std::string_view::npos || equals + 1 == option.size()) return false;
    const std::string key = inAsciiSmall(option.substr(0, equals));
    constexpr std::array<std::string_view, 4> kSecrets{"password", "secret", "secret.key", "secretkey"};
    return std::any_of(kSecrets.begin(), kSecrets.end(),
                       [&key](std::string_view end) { return key.ends_with(end); });
}

Status usableOption(const std::string& option) {
    if (option.empty())
        return wrongTarget(RW_TEXT("cluster", "One of the options is empty."),
                           RW_TEXT("cluster", "Take the empty line away."));
    RW_TRY(oneLineOnly(option));
    if (option.starts_with("--") && option.find(' ') < option.find('='))
        return wrongTarget(
            RW_TEXT("cluster", "spark-submit would take “%1” for one word.").with(option),
            RW_TEXT("cluster", "Write each word on a line of its own: --conf, and below it what is set."));
    if (holdsSecret(option))
        return wrongTarget(RW_TEXT("cluster", "“%1” would put a secret into the file of targets.")
                               .with(option.substr(0, option.find_last_of('='))),
                           RW_TEXT("cluster", "Keep it in the spark-defaults.conf of the Spark."));
    return {};
}

/// Options of spark-submit behind which no value stands.
bool standsAlone(const std::string& option) {
    constexpr std::array<std::string_view, 7> kAlone{"--verbose", "-v",        "--supervise",  "--help",
                                                     "-h",        "--version", "--usage-error"};
    return std::find(kAlone.begin(), kAlone.end(), option) != kAlone.end();
}

/// Options that would keep it from running our program here, or from reporting to us.
Status leftOut(const std::string& option, const std::string& value) {
    constexpr std::array<std::string_view, 8> kOther{"--help", "-h",       "--version", "--usage-error",
                                                     "--kill", "--status", "--class",   "--supervise"};
    if (option == "--master")
        return wrongTarget(RW_TEXT("cluster", "The master has a field of its own."),
                           RW_TEXT("cluster", "Write %1 there, and take both lines away here.").with(value));
    if (option == "--remote")
        return wrongTarget(RW_TEXT("cluster", "Programs are made for spark-submit, not for Spark Connect."),
                           RW_TEXT("cluster", "Take --remote away, and give the address of a master."));
    if (std::find(kOther.begin(), kOther.end(), option) != kOther.end())
        return wrongTarget(
            RW_TEXT("cluster", "With %1 spark-submit does not run the program here.").with(option),
            RW_TEXT("cluster", "Take it away."));
    const std::size_t equals = value.find('=');
    const std::string key = option == "--conf" || option == "-c" ? value.substr(0, equals) : std::string();
    const std::string set = equals == std::string::npos ? std::string() : value.substr(equals + 1);
    const bool inCluster = (option == "--deploy-mode" && value != "client") ||
                           (key == "spark.submit.deployMode" && set != "client");
    if (inCluster)
        return wrongTarget(
            RW_TEXT("cluster", "A program whose driver runs on the cluster can't tell this one how it does."),
            RW_TEXT("cluster", "Take the deploy mode away: the driver runs here, the work is done there."));
    if (key == "spark.remote" || (key == "spark.api.mode" && set == "connect"))
        return wrongTarget(RW_TEXT("cluster", "Programs are made for spark-submit, not for Spark Connect."),
                           RW_TEXT("cluster", "Take %1 away, and give the address of a master.").with(key));
    return {};
}

/// As spark-submit reads them: an argument that it takes for the program would replace ours.
Status usableOptions(const std::vector<std::string>& options) {
    for (const std::string& option : options) RW_TRY(usableOption(option));
    for (std::size_t i = 0; i < options.size(); ++i) {
        const std::string& word = options[i];
        if (!word.starts_with('-'))
            return wrongTarget(
                RW_TEXT("cluster", "spark-submit would take “%1” for the program that it runs.").with(word),
                RW_TEXT("cluster", "Write the option that it belongs to above it, as --conf."));
        const std::size_t equals = word.starts_with("--") ? word.find('=') : std::string::npos;
        const std::string option = word.substr(0, equals);
        const bool alone = standsAlone(option) || equals != std::string::npos;
        if (!alone && i + 1 == options.size())
            return wrongTarget(RW_TEXT("cluster", "There is nothing behind “%1”.").with(word),
                               RW_TEXT("cluster", "Write its value on the next line, or take it away."));
        const std::string value = equals != std::string::npos ? word.substr(equals + 1)
                                  : alone                     ? std::string()
                                                              : options[++i];
        RW_TRY(leftOut(option, value));
    }
    return {};
}

/// Those that spark-submit takes.
Status usableMaster(const std::string& master) {
    if (master.empty())
        return wrongTarget(RW_TEXT("cluster", "Spark has no master."),
                           RW_TEXT("cluster",
                                   "Write local[*] for this computer, or the address of one: "
                                   "spark://computer:7077."));
    RW_TRY(oneLineOnly(master));
    const bool address = (master.starts_with("spark://") && master.size() > 8) ||
                         (master.starts_with("k8s://") && master.size() > 6);
    if (address || master == "yarn" || runsHere({"", master, {}})) return {};
    return wrongTarget(RW_TEXT("cluster", "“%1” is no master of Spark.").with(master),
                       RW_TEXT("cluster",
                               "Write local[*] for this computer, spark://computer:7077, yarn, or "
                               "k8s://https://computer:6443."));
}

}  // namespace

const std::vector<TargetField>& sparkFields() {
    static const std::vector<TargetField> kFields = fieldsOfSpark();
    return kFields;
}

Status usableSpark(const Target& target) {
    const SparkAddress& place = target.spark;
    if (place.submit.empty())
        return inField("submit", wrongTarget(RW_TEXT("cluster", "There is no spark-submit to start."),
                                             RW_TEXT("cluster", "Write spark-submit, or its whole path.")));
    RW_TRY(inField("submit", oneLineOnly(place.submit)));
    RW_TRY(inField("master", usableMaster(place.master)));
    RW_TRY(inField("options", usableOptions(place.options)));
    const bool elsewhere = place.master == "yarn" || place.master.starts_with("k8s://");
    if (elsewhere && target.folder.empty())
        return inField(
            "folder",
            wrongTarget(RW_TEXT("cluster", "Containers of that master see no file of this computer."),
                        RW_TEXT("cluster",
                                "Write where the data, and checkpoints, lie for it: "
                                "hdfs://computer/data, s3a://bucket/data.")));
    return {};
}

bool runsHere(const SparkAddress& place) {
    const std::string_view master = place.master;
    return master == "local" || (master.starts_with("local[") && master.ends_with(']')) ||
           master.starts_with("local-cluster[");
}

}  // namespace rw
