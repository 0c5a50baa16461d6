package dev.orrery.registry.model;

import dev.orrery.kit.page.PageRequest;
import dev.orrery.kit.problem.NotFound;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.LockModeType;
import jakarta.persistence.MapKeyColumn;
import jakarta.persistence.Table;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// A name under which versions are kept. Its row is the lock under which versions are numbered and aliases move.
@Entity
@Table(name = "registered_model")
class RegisteredModel extends PanacheEntityBase {

    @Id
    String name;

    String description;
    int lastVersion;
    long createdMs;
    long updatedMs;

    @ElementCollection
    @CollectionTable(name = "registered_model_tag", joinColumns = @JoinColumn(name = "model"))
    @MapKeyColumn(name = "key")
    @Column(name = "value")
    Map<String, String> tags = new TreeMap<>();

    static RegisteredModel get(String name) {
        return RegisteredModel.<RegisteredModel>findByIdOptional(name).orElseThrow(() -> missing(name));
    }

    static RegisteredModel lock(String name) {
        return RegisteredModel.<RegisteredModel>findByIdOptional(name, LockModeType.PESSIMISTIC_WRITE)
                .orElseThrow(() -> missing(name));
    }

    static List<RegisteredModel> byName(PageRequest request) {
        return RegisteredModel.<RegisteredModel>find("name > ?1 order by name", request.text(0, ""))
                .page(0, request.toRead())
                .list();
    }

    private static NotFound missing(String name) {
        return new NotFound("Registered Model with name=%s not found".formatted(name));
    }
}
