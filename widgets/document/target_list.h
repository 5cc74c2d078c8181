// The targets of a person as the window has them: read once, written whole, and known to all that show them.
#pragma once
#include <QObject>
#include <QString>
#include <optional>
#include <vector>

#include "core/cluster/target.h"

namespace rw::ui {

/// “staging · Flink”, fit to be shown.
QString targetLine(const Target& target);

/// GUI thread. The file is small and local: it is read and written at once.
class TargetList : public QObject {
    Q_OBJECT
 public:
    /// `path`: of the file; empty: targetsPath().
    explicit TargetList(std::string path = {}, QObject* parent = nullptr);

    const std::vector<Target>& targets() const { return m_targets; }
    const Target* named(const QString& name) const;  ///< null: there is none; valid until the next change
    /// Why the file could not be read; success: it could, or there is none. It is not written over then.
    const Status& trouble() const { return m_trouble; }
    /// Writes the file; targets() are these only when that went well.
    Status set(std::vector<Target> targets);
    /// Looks at the file again: the command line may have changed it.
    void reload();

 Q_SIGNALS:
    void changed();

 private:
    std::string m_path;
    std::vector<Target> m_targets{};
    Status m_trouble{};
};

}  // namespace rw::ui
