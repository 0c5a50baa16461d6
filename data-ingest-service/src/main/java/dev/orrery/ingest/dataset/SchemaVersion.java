package dev.orrery.ingest.dataset;

import dev.orrery.contracts.Json;
import dev.orrery.contracts.schema.DatasetSchema;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import io.quarkus.panache.common.Sort;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.util.List;
import java.util.Optional;
import org.hibernate.Session;

/// A version of a dataset's schema, kept for as long as a batch was scanned with it.
@Entity
@Table(name = "dataset_schema")
@IdClass(SchemaVersion.Key.class)
class SchemaVersion extends PanacheEntityBase {

    record Key(String dataset, int version) {}

    @Id
    String dataset;

    @Id
    int version;

    String definition;

    @Column(name = "use_case_revision")
    Integer useCaseRevision;

    /// The newest version of a dataset.
    static Optional<SchemaVersion> newest(String dataset) {
        return find("dataset", Sort.descending("version"), dataset).firstResultOptional();
    }

    static Optional<SchemaVersion> at(String dataset, int version) {
        return findByIdOptional(new Key(dataset, version));
    }

    static List<String> datasets() {
        return getEntityManager()
                .createQuery("select distinct dataset from SchemaVersion", String.class)
                .getResultList();
    }

    /// Keeps a version. One that is already there stays as it is, whoever put it there.
    static void keep(Dataset dataset) {
        getEntityManager()
                .unwrap(Session.class)
                .createNativeMutationQuery("""
                        insert into dataset_schema (dataset, version, definition, use_case_revision)
                        values (?1, ?2, ?3, ?4)
                        on conflict do nothing""")
                .setParameter(1, dataset.name())
                .setParameter(2, dataset.version())
                .setParameter(3, Json.text(dataset.schema()))
                .setParameter(4, dataset.useCaseRevision(), Integer.class)
                .executeUpdate();
    }

    /// Forgets versions that have a newer one and that no batch was scanned with.
    static void forgetUnused() {
        getEntityManager().createNativeQuery("""
                        delete from dataset_schema old
                        where exists (select 1 from dataset_schema newer
                                      where newer.dataset = old.dataset and newer.version > old.version)
                          and not exists (select 1 from batch
                                          where batch.dataset = old.dataset and batch.schema_version = old.version)""").executeUpdate();
    }

    Dataset dataset() {
        return new Dataset(dataset, version, Json.read(definition, DatasetSchema.class), useCaseRevision);
    }
}
