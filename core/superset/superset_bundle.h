// The bundle of a pipeline for Superset: its dashboard, charts, datasets and databases in the files of a ZIP.
//
// All of it has the same names (UUIDs) whenever it is made of a pipeline of the same name, so that a bundle
// that is imported again replaces the one before. No secret is in it: the password of a database is handed
// over beside it (superset_client.h), and stands in the bundle as ten X.
#pragma once
#include <string>
#include <vector>

#include "core/base/time.h"
#include "core/connect/connections/connections.h"
#include "core/superset/stored_zip.h"
#include "core/superset/superset_chart.h"

namespace rw {

struct SupersetDatabase {
    std::string uuid{};
    std::string name{};        ///< in Superset
    std::string file{};        ///< in the bundle: “databases/….yaml”
    std::string uri{};         ///< SQLAlchemy's, without the password
    std::string connection{};  ///< of PostgreSQL; empty: SQLite
    bool hasPassword = false;  ///< the connection has one, which Superset needs
};

/// Something that the bundle makes in Superset, or replaces there.
struct SupersetObject {
    enum class Kind { Database, Dataset, Chart, Dashboard };
    Kind kind = Kind::Chart;
    std::string name{}, uuid{};
    bool operator==(const SupersetObject&) const = default;
};
/// “database”, “dataset” …, as in Superset's addresses and --json.
std::string_view supersetKindName(SupersetObject::Kind kind);
/// The same for people.
Text supersetKindText(SupersetObject::Kind kind);

struct SupersetBundle {
    std::string name{};       ///< of the dashboard
    std::string slug{};       ///< in its address
    std::string dashboard{};  ///< its UUID
    std::vector<SupersetChart>
        charts{};  ///< all of the pipeline; those that are published as they stand there
    std::vector<SupersetDatabase> databases{};
    std::vector<SupersetObject> objects{};  ///< databases, datasets, charts, the dashboard
    std::vector<Text> warnings{};           ///< what is to be seen to at Superset
    ZipFiles files{};                       ///< of the archive

    bool isEmpty() const { return objects.empty(); }  ///< no chart can be published
    std::string zip() const { return storedZip(files); }
};

struct BundleOptions {
    std::string name{};                                ///< of the pipeline: publishedName()
    std::shared_ptr<const Connections> connections{};  ///< null: none are known
    Instant now = 0;                                   ///< as Superset is told when the bundle was made
};

/// The name under which a pipeline is published: its own, else that of its file, without the ending.
std::string publishedName(const Pipeline& pipeline, const std::string& file);

/// `validated` is of this pipeline, and has no errors. Looks at no disk and no network.
SupersetBundle supersetBundle(const Pipeline& pipeline, const Catalogue& catalogue,
                              const Validated& validated, const BundleOptions& options);

/// Why nothing can be published, with the first chart that can't; `bundle` is empty.
Status nothingToPublish(const SupersetBundle& bundle);

}  // namespace rw
