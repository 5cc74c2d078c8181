// The targets of a person as the window has them: read once, written whole, and known to all that show them.
#pragma once
#include <QObject>
#include <QString>
#include <optional>
#include <string>
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
    /// Writes the file; targets() are these only when that went well. If another program has written it
    /// since it was read, its content stays, and targets() are those.
    Status set(std::vector<Target> targets);
    /// Looks at the file again: the command line, or another window, may have changed it.
    void reload();

 Q_SIGNALS:
    void changed();
    /// Before changed(), when nothing but that name is another.
    void renamed(const std::string& before, const std::string& now);

 private:
    std::string m_path;
    std::vector<Target> m_targets{};
    std::vector<Target> m_onDisk{};  ///< as the file had them when it was read or written here
    Status m_trouble{};
};

}  // namespace rw::ui
